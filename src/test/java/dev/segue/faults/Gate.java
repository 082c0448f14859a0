package dev.segue.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A command of a resource that a test holds up, lets fail or lets kill Segue, at a moment that it chooses. */
final class Gate {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final String work;

    private Gate(Path folder, String work) {
        this.folder = folder;
        this.work = work;
    }

    /** Before or after the command does its work. */
    enum Side {
        BEFORE,
        AFTER;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A command named {@code name} that does {@code work}, shell with the staged file as $1 and the target as $2. */
    static Gate in(Path parent, String name, String work) throws IOException {
        Gate gate = new Gate(Files.createDirectory(parent.resolve(name)), work);
        Files.writeString(gate.file("command"), """
                cd %1$s
                echo $$ >> runs
                at() {
                    if [ -e "kill-$1" ]; then rm "kill-$1"; kill -s KILL "$SEGUE"; fi
                    [ ! -e "hold-$1" ] || echo $$ > "held"
                    while [ -e "hold-$1" ]; do sleep 0.02; done
                }
                if [ -e fails ]; then echo told to fail; exit 1; fi
                if [ -e fails-once ]; then rm fails-once; echo told to fail once; exit 1; fi
                at before
                . ./work
                at after
                """.formatted(gate.folder));
        gate.does(work);
        return gate;
    }

    /** From now on it does this instead, until it is opened; {@code $SEGUE} is Segue's pid. */
    void does(String otherWork) throws IOException {
        Path next = Files.writeString(file("work.next"), otherWork + " || exit 1\n");
        Files.move(next, file("work"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** For the resource file. */
    String line() {
        return "export SEGUE=$PPID; exec sh " + file("command") + " {{.src}} {{.dest}}";
    }

    void hold(Side side) throws IOException {
        Files.deleteIfExists(file("held"));
        Files.createFile(file("hold-" + side.word()));
    }

    /** Waits until it stands at the gate; returns its pid, which is that of its process group too. */
    long awaitHeld() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Files.exists(file("held")) && Files.size(file("held")) > 1);
        try {
            return Long.parseLong(Files.readString(file("held")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on it goes through and does its own work again, and who stands there goes on. */
    void open() throws IOException {
        does(work);
        for (Side side : Side.values()) {
            Files.deleteIfExists(file("hold-" + side.word()));
            Files.deleteIfExists(file("kill-" + side.word()));
        }
        succeed();
    }

    /** The next run kills Segue, as KILL does, and goes on. */
    void killsSegue(Side side) throws IOException {
        Files.createFile(file("kill-" + side.word()));
    }

    void fail() throws IOException {
        Files.createFile(file("fails"));
    }

    void failOnce() throws IOException {
        Files.createFile(file("fails-once"));
    }

    void succeed() throws IOException {
        Files.deleteIfExists(file("fails"));
        Files.deleteIfExists(file("fails-once"));
    }

    /** How often it was run. */
    int runs() {
        return pids().size();
    }

    /** Ends what a killed Segue left behind of this command, so that it does not do its work after all. */
    void endOrphans() {
        pids().forEach(pid -> Processes.inGroup(pid).forEach(ProcessHandle::destroyForcibly));
        await().atMost(PATIENCE).until(() -> living().isEmpty());
    }

    /** No process of any run is there any more. */
    void assertNobodyLeft() {
        assertThat(living()).as("left of " + folder.getFileName()).isEmpty();
    }

    private List<ProcessHandle> living() {
        return pids().stream().flatMap(pid -> Processes.inGroup(pid).stream()).toList();
    }

    private List<Long> pids() {
        try (Stream<String> lines = Files.exists(file("runs")) ? Files.lines(file("runs")) : Stream.empty()) {
            return lines.map(Long::valueOf).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name) {
        return folder.resolve(name);
    }
}
