package dev.segue.resource;

import dev.segue.settings.Problem;
import dev.segue.settings.ProblemsException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The folder with {@code conf.d} and {@code templates}; reads all resource files. May block as long as the disk does. */
public final class ConfDirectory {
    /** As many symbolic links as Linux follows. */
    private static final int LONGEST_CHAIN = 40;

    private final Path directory;
    private final ResourceDefaults defaults;
    private final InstantSource clock;

    /** @param clock the one that the file system's times are taken from */
    public ConfDirectory(Path directory, ResourceDefaults defaults, InstantSource clock) {
        this.directory = directory;
        this.defaults = defaults;
        this.clock = clock;
    }

    /** Where the templates are. */
    public Path templates() {
        return directory.resolve("templates");
    }

    /** Changes whenever {@link #read} would find other resource files, or other text in them. */
    public FolderStamp resourceStamp() {
        return FolderStamp.of(resources(), clock.instant());
    }

    /** Changes whenever a template does. */
    public FolderStamp templateStamp() {
        return FolderStamp.of(templates(), clock.instant());
    }

    /**
     * Reads every resource file as it is now. A bad file is held back alone; of several with one target all but the
     * first, by name, are held back.
     *
     * @throws ProblemsException if there is no folder to read resource files from
     */
    public ResourceSet read() throws ProblemsException {
        requireFolder(directory, "no such folder (--confdir names the one that holds conf.d and templates)");
        requireFolder(resources(), "no such folder (resource files go there, as *.toml)");
        Reading reading = new Reading();
        ResourceFolder.Listing listing = ResourceFolder.list(resources());
        listing.unreadable().forEach((folder, e) -> reading.refuse(name(folder), reason(e)));
        listing.files().forEach(reading::read);
        if (listing.files().isEmpty() && listing.unreadable().isEmpty()) {
            reading.notes.add(new Problem(resources().toString(), "holds no resource file (*.toml)"));
        }
        return new ResourceSet(reading.resources, reading.refused, reading.notes);
    }

    private Path resources() {
        return directory.resolve("conf.d");
    }

    private static void requireFolder(Path folder, String otherwise) throws ProblemsException {
        if (!Files.isDirectory(folder)) {
            String what = Files.exists(folder) ? "not a folder" : otherwise;
            throw new ProblemsException(List.of(new Problem(folder.toString(), what)));
        }
    }

    private String name(Path file) {
        return directory.relativize(file).toString();
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "cannot be read: permission denied";
        } else if (e instanceof NoSuchFileException) {
            return "cannot be read: no such file";
        } else if (e instanceof MalformedInputException) {
            return "is not UTF-8 text";
        }
        return "cannot be read: " + e.getMessage();
    }

    /** One reading of all files. */
    private final class Reading {
        private final List<Resource> resources = new ArrayList<>();
        private final Map<Path, Resource> byTarget = new HashMap<>();
        private final TreeMap<String, List<Problem>> refused = new TreeMap<>();
        private final List<Problem> notes = new ArrayList<>();

        void read(Path file) {
            String name = name(file);
            try {
                if (!Files.isRegularFile(file)) {
                    refuse(name, brokenFile(file));
                    return;
                }
                ResourceFile.Parsed parsed = ResourceFile.parse(name, Files.readString(file), defaults);
                notes.addAll(parsed.notes());
                accept(parsed.resource(), parsed.destPlace());
            } catch (IOException e) {
                refuse(name, reason(e));
            } catch (ProblemsException e) {
                refused.put(name, e.problems());
            }
        }

        void refuse(String name, String what) {
            refused.put(name, List.of(new Problem(name, what)));
        }

        private void accept(Resource resource, String destPlace) {
            Resource first = byTarget.putIfAbsent(realPath(resource.dest()), resource);
            if (first == null) {
                resources.add(resource);
            } else {
                refused.put(resource.name(), List.of(new Problem(destPlace, sameTarget(resource, first))));
            }
        }
    }

    private static String sameTarget(Resource resource, Resource first) {
        String as = first.dest().equals(resource.dest()) ? "" : " (there: " + first.dest() + ")";
        return "dest " + resource.dest() + " is the target of " + first.name() + " already" + as;
    }

    private static String brokenFile(Path file) {
        return Files.isSymbolicLink(file) && !Files.exists(file)
                ? "cannot be read: a link to a file that is not there"
                : "is not a file";
    }

    /** Where a write to {@code dest} would land, through all links, also one to a file that is not there yet. */
    private static Path realPath(Path dest) {
        return realPath(dest, LONGEST_CHAIN);
    }

    private static Path realPath(Path dest, int links) {
        try {
            return dest.toRealPath();
        } catch (IOException e) {
            Path parent = dest.getParent();
            if (parent == null) {
                return dest;
            }
            Path place = realPath(parent, links).resolve(dest.getFileName());
            return links > 0
                    ? target(place).map(next -> realPath(next, links - 1)).orElse(place)
                    : place;
        }
    }

    private static Optional<Path> target(Path link) {
        try {
            return Files.isSymbolicLink(link)
                    ? Optional.of(link.resolveSibling(Files.readSymbolicLink(link)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
