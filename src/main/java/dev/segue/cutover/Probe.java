package dev.segue.cutover;

import java.util.List;
import java.util.Optional;

/** Asks a server whether it is well. */
public interface Probe {
    /** What is wrong with the server at {@code url}, in words; empty if it is well. Blocks for seconds at most. */
    Optional<String> problem(String url);

    /** The first of {@code urls} that is not well, and why; empty if all are. */
    default Optional<String> problem(List<String> urls) {
        return urls.stream()
                .flatMap(url -> problem(url).map(problem -> url + ": " + problem).stream())
                .findFirst();
    }
}
