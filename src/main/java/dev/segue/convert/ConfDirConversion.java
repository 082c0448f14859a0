package dev.segue.convert;

import dev.segue.keys.ByteText;
import dev.segue.settings.ConvertRequest;
import dev.segue.settings.Problem;
import dev.segue.settings.Problems;
import dev.segue.settings.ProblemsException;
import dev.segue.toml.TomlDocument;
import dev.segue.toml.TomlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes a confdir for Segue of one for confd. Used once, by one thread; blocks as long as the disk does. */
public final class ConfDirConversion {
    private static final String CONFD = ".tmpl";
    private static final String SEGUE = ".ftl";

    private final ConvertRequest request;
    private final Path from;
    private final Map<Path, Made> files = new TreeMap<>();
    private final Map<String, String> converted = new TreeMap<>();
    private final List<Problem> notCarriedOver = new ArrayList<>();

    private ConfDirConversion(ConvertRequest request) {
        this.request = request;
        this.from = request.from();
    }

    /**
     * What was written.
     *
     * @param files how many there are now
     * @param templates of each template of confd the name and the new one, both within the confdir
     * @param notCarriedOver with file, line and column; marked in the new files, too
     */
    public record Report(int files, Map<String, String> templates, List<Problem> notCarriedOver) {
        public Report {
            templates = Map.copyOf(templates);
            notCarriedOver = List.copyOf(notCarriedOver);
        }
    }

    /**
     * Reads all of the old confdir, then writes the new one; files that are no template of confd are copied, and resource
     * files name the new templates.
     *
     * @throws ProblemsException if something can't be read or written, or a different file is in the way; unless a write
     *     failed, nothing was written
     */
    public static Report run(ConvertRequest request) throws ProblemsException {
        ConfDirConversion conversion = new ConfDirConversion(request);
        conversion.read();
        conversion.write();
        return new Report(conversion.files.size(), conversion.converted, conversion.notCarriedOver);
    }

    private void read() throws ProblemsException {
        if (!Files.isDirectory(from.resolve("conf.d"))) {
            throw problem(from.resolve("conf.d").toString(), "no such folder (confd reads its resource files there)");
        }
        Map<Path, byte[]> old = contents();
        Set<String> sources = new TreeSet<>();
        for (Map.Entry<Path, byte[]> file : old.entrySet()) {
            if (isResource(file.getKey())) {
                source(file.getKey(), file.getValue()).ifPresent(sources::add);
            }
        }
        for (Map.Entry<Path, byte[]> file : old.entrySet()) {
            if (isTemplate(file.getKey(), sources)) {
                Path name = newName(file.getKey(), old.keySet());
                Conversion conversion = Conversion.of(file.getKey().toString(), ByteText.decode(file.getValue()));
                notCarriedOver.addAll(conversion.problems());
                converted.put(file.getKey().toString(), name.toString());
                files.put(name, new Made(conversion.text(), file.getKey()));
            }
        }
        for (Map.Entry<Path, byte[]> file : old.entrySet()) {
            if (isResource(file.getKey())) {
                String text = resource(file.getKey(), file.getValue(), old.keySet());
                files.put(file.getKey(), new Made(text, file.getKey()));
            } else if (!isTemplate(file.getKey(), sources)) {
                files.put(file.getKey(), new Made(ByteText.decode(file.getValue()), file.getKey()));
            }
        }
    }

    /** All files, by their paths within the confdir; of a link what it leads to. */
    private Map<Path, byte[]> contents() throws ProblemsException {
        Map<Path, byte[]> contents = new TreeMap<>();
        Path to = request.to().toAbsolutePath().normalize();
        try (Stream<Path> all = Files.walk(from, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                boolean old = !file.toAbsolutePath().normalize().startsWith(to);
                if (old && Files.isRegularFile(file)) {
                    contents.put(from.relativize(file), Files.readAllBytes(file));
                }
            }
            return contents;
        } catch (IOException e) {
            throw unreadable(e);
        } catch (UncheckedIOException e) {
            throw unreadable(Objects.requireNonNull(e.getCause()));
        }
    }

    private ProblemsException unreadable(IOException e) {
        String file = e instanceof FileSystemException failure && failure.getFile() != null
                ? failure.getFile()
                : from.toString();
        return problem(file, "cannot be read: " + why(e));
    }

    /** As confd finds them: by the end of the name, in all folders below. */
    private static boolean isResource(Path file) {
        return file.startsWith("conf.d") && file.toString().endsWith("toml");
    }

    private static boolean isTemplate(Path file, Set<String> sources) {
        String name = file.toString();
        boolean named = sources.contains(name) && !name.endsWith(SEGUE);
        return file.startsWith("templates") && (named || name.endsWith(CONFD));
    }

    /** {@code nginx.conf.tmpl} becomes {@code nginx.conf.ftl}, unless that name would be taken. */
    private static Path newName(Path file, Set<Path> all) {
        String name = file.getFileName().toString();
        String bare = name.endsWith(CONFD) ? name.substring(0, name.length() - CONFD.length()) : name;
        boolean taken = all.contains(file.resolveSibling(bare + SEGUE))
                || (!bare.equals(name) && all.contains(file.resolveSibling(bare)));
        return file.resolveSibling((taken ? name : bare) + SEGUE);
    }

    /** The template that a resource file names, within the confdir; nothing if the file can't be used. */
    private static Optional<String> source(Path file, byte[] text) {
        try {
            return TomlDocument.parse(file.toString(), ByteText.decode(text))
                    .root()
                    .table("template")
                    .flatMap(table -> table.text("src"))
                    .map(src -> Path.of("templates", src).normalize().toString());
        } catch (ProblemsException | InvalidPathException e) {
            // Said when the new one is made.
            return Optional.empty();
        }
    }

    private String resource(Path file, byte[] bytes, Set<Path> all) {
        String text = ByteText.decode(bytes);
        Optional<String> old = source(file, bytes);
        if (!file.toString().endsWith(".toml")) {
            notCarriedOver.add(new Problem(file.toString(), "Segue reads it only if its name ends in .toml"));
        }
        if (old.filter(src -> src.endsWith(SEGUE) && all.contains(Path.of(src))).isPresent()) {
            return text;
        }
        Optional<String> name = old.flatMap(src -> Optional.ofNullable(converted.get(src)));
        try {
            if (name.isEmpty()) {
                TomlDocument.parse(file.toString(), text);
                notCarriedOver.add(new Problem(file.toString(), "names no template that is there; copied as it is"));
                return text;
            }
            String src = Path.of("templates").relativize(Path.of(name.get())).toString();
            Optional<String> changed = TomlText.withString(file.toString(), text, "template", "src", src);
            if (changed.isEmpty()) {
                notCarriedOver.add(new Problem(file.toString(), "src has to be \"" + src + "\" from now on"));
            }
            return changed.orElse(text);
        } catch (ProblemsException e) {
            notCarriedOver.addAll(e.problems());
            return text;
        }
    }

    private void write() throws ProblemsException {
        Problems inTheWay = new Problems();
        for (Map.Entry<Path, Made> file : files.entrySet()) {
            Path target = request.to().resolve(file.getKey());
            boolean kept = request.existing() == ConvertRequest.Existing.KEPT;
            if (kept && Files.exists(target) && !holds(target, file.getValue().bytes())) {
                inTheWay.add(target.toString(), "is there already (--force replaces it)");
            }
        }
        inTheWay.throwIfAny();
        for (Map.Entry<Path, Made> file : files.entrySet()) {
            write(request.to().resolve(file.getKey()), file.getValue());
        }
    }

    private static boolean holds(Path file, byte[] content) {
        try {
            return Arrays.equals(Files.readAllBytes(file), content);
        } catch (IOException e) {
            return false;
        }
    }

    /** A file has the mode of the one that it was made of, from its first moment: that may hold a secret, or be a script. */
    private void write(Path target, Made made) throws ProblemsException {
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(from.resolve(made.origin()));
            Files.createDirectories(target.toAbsolutePath().getParent());
            if (!Files.exists(target)) {
                Files.createFile(target, PosixFilePermissions.asFileAttribute(mode));
            }
            Files.write(target, made.bytes());
            Files.setPosixFilePermissions(target, mode);
        } catch (IOException e) {
            throw problem(target.toString(), "cannot be written: " + why(e));
        }
    }

    private static ProblemsException problem(String where, String what) {
        return new ProblemsException(List.of(new Problem(where, what)));
    }

    private static String why(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileSystemLoopException) {
            return "is linked into itself";
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        boolean named = failure instanceof FileSystemException file && file.getReason() != null;
        return named ? ((FileSystemException) failure).getReason() : String.valueOf(failure.getMessage());
    }

    /**
     * A new file.
     *
     * @param text its bytes as {@link ByteText} reads them
     * @param origin what it was made of, within the old confdir
     */
    private record Made(String text, Path origin) {
        byte[] bytes() {
            return ByteText.encode(text);
        }
    }
}
