package dev.segue.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** What tests do to the file system that Java cannot; what was mounted is unmounted in the end. */
public final class Shell {
    private final Deque<Path> mounted = new ArrayDeque<>();

    /** Runs {@code line} with {@code arguments} as $1, $2 ...; returns its output, standard error included. */
    public static String run(String line, Object... arguments) throws IOException, InterruptedException {
        Result result = tryRun(line, arguments);
        assertThat(result.code()).as(line + "\n" + result.output()).isZero();
        return result.output();
    }

    /** Mounts {@code from}, a file or folder, on {@code to}; skips the test where that is not permitted. */
    public void bind(Path from, Path to) throws IOException, InterruptedException {
        mount(to, "mount --bind \"$1\" \"$2\"", from, to);
    }

    /** Mounts an empty file system of 64 KiB on {@code folder}; skips the test where that is not permitted. */
    public void mountSmallDisk(Path folder, String options) throws IOException, InterruptedException {
        mount(folder, "mount -t tmpfs -o \"size=64k$1\" none \"$2\"", options, folder);
    }

    private void mount(Path place, String line, Object... arguments) throws IOException, InterruptedException {
        Result result = tryRun(line, arguments);
        assumeThat(result.code())
                .as("mounting is not permitted here: " + result.output())
                .isZero();
        mounted.push(place);
    }

    /** To be called after each test. */
    public void unmount() throws IOException, InterruptedException {
        while (!mounted.isEmpty()) {
            run("umount \"$1\"", mounted.pop());
        }
    }

    private record Result(int code, String output) {}

    private static Result tryRun(String line, Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", line, "sh"));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
