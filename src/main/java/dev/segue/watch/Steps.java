package dev.segue.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The names on which it depends where a path leads. */
final class Steps {
    private Steps() {}

    /**
     * Each step of {@code path}, and of each link on the way the steps of what it points to, as they are now; a link in a
     * circle is followed once. A few system calls.
     */
    static Set<Path> to(Path path) {
        Set<Path> steps = new LinkedHashSet<>();
        Set<Path> followed = new LinkedHashSet<>();
        Deque<Path> ways = new ArrayDeque<>();
        ways.add(path.toAbsolutePath().normalize());
        while (!ways.isEmpty()) {
            Path way = ways.remove();
            if (followed.add(way)) {
                follow(way, steps, ways);
            }
        }
        return steps;
    }

    private static void follow(Path way, Set<Path> steps, Deque<Path> ways) {
        Path step = way.getRoot();
        for (int i = 0; i < way.getNameCount(); i++) {
            step = step.resolve(way.getName(i));
            steps.add(step);
            Path rest = i + 1 < way.getNameCount() ? way.subpath(i + 1, way.getNameCount()) : Path.of("");
            target(step).ifPresent(target -> ways.add(target.resolve(rest).normalize()));
        }
    }

    /** Where the link {@code step} points to; empty if it is none, or none any more. */
    private static Optional<Path> target(Path step) {
        try {
            return Files.isSymbolicLink(step)
                    ? Optional.of(step.resolveSibling(Files.readSymbolicLink(step)))
                    : Optional.empty();
        } catch (IOException e) {
            // Whoever puts another one there is noticed, as the step itself is watched.
            return Optional.empty();
        }
    }
}
