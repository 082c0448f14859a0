package dev.segue.render;

import dev.segue.keys.ByteText;
import freemarker.cache.TemplateLoader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gives FreeMarker the files of one folder, and none that lie outside it. */
final class TemplateFolder implements TemplateLoader {
    private static final int DEEPEST_LISTED = 5;
    private static final int MOST_LISTED = 500;

    /** FreeMarker's own clock, and what could call it without its name in the text. */
    private static final Pattern TIME = Pattern.compile("\\.\\s*now\\b|\\?\\s*(?:eval|interpret)\\b");

    private final Path folder;
    private final InstantSource clock;
    private final Set<Path> tellTheTime = ConcurrentHashMap.newKeySet();

    TemplateFolder(Path folder, InstantSource clock) {
        this.folder = folder.toAbsolutePath().normalize();
        this.clock = clock;
    }

    /** A template's name as people see it: {@code templates/app.conf.ftl}. */
    String shown(String name) {
        return folderName() + "/" + name;
    }

    String folderName() {
        Path last = folder.getFileName();
        return last == null ? "" : last.toString();
    }

    /** The names of the files there are, as far as somebody may have meant them; empty if they can't be listed. */
    List<String> names() {
        try (Stream<Path> files = Files.walk(folder, DEEPEST_LISTED)) {
            return files.filter(Files::isRegularFile)
                    .limit(MOST_LISTED)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * The file behind a name, all links followed; null if there is none.
     *
     * @throws OutsideException if it lies outside the folder
     */
    @Override
    public @Nullable Object findTemplateSource(String name) throws IOException {
        try {
            Path root = folder.toRealPath();
            Path file = root.resolve(name).toRealPath();
            if (!file.startsWith(root)) {
                throw new OutsideException();
            }
            return Files.isRegularFile(file) ? TemplateFile.at(file, clock.instant()) : null;
        } catch (NoSuchFileException | InvalidPathException e) {
            return null;
        }
    }

    /** The same for every state: two states tell themselves whether they are equal. */
    @Override
    public long getLastModified(Object templateSource) {
        return 0;
    }

    @Override
    public Reader getReader(Object templateSource, String encoding) throws IOException {
        Path file = ((TemplateFile) templateSource).path();
        String text = ByteText.decode(Files.readAllBytes(file));
        if (TIME.matcher(text).find()) {
            tellTheTime.add(file);
        } else {
            tellTheTime.remove(file);
        }
        return new StringReader(text);
    }

    /** True if one of the templates read so far may print the time without a function of ours. */
    boolean anyTellsTheTime() {
        return !tellTheTime.isEmpty();
    }

    @Override
    public void closeTemplateSource(Object templateSource) {
        // Nothing stays open.
    }

    /** A template's name leads out of the folder. */
    static final class OutsideException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
