package dev.segue.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine's clock is set back or forth while Segue runs: libfaketime gives it a clock of its own. */
@Tag("server")
@Timeout(120)
class ClockFaultsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    @TempDir
    Path folder;

    private Mirror mirror;

    @BeforeEach
    void newMirror() throws IOException {
        ETCD.deletePrefix("/app/");
        ETCD.put("/app/a", "1");
        mirror = Mirror.in(folder);
        setClock(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--interval=200ms", "--watch --interval=1h"})
    void clockSetBackAndForth_putsAreAppliedAsEver(String mode) throws IOException {
        try (SegueProcess segue = mirror.start(mode, ownClock(), ETCD.url())) {
            mirror.awaitInStep(ETCD);

            setClock(HOUR.negated());
            mirror.assertFollows(ETCD, "an hour earlier");
            mirror.assertFollows(ETCD, "an hour earlier, again");
            setClock(HOUR.multipliedBy(24));
            mirror.assertFollows(ETCD, "a day later");

            assertThat(mirror.reloads()).isEqualTo(4);
            List<Instant> times = times(segue);
            assertThat(times).anyMatch(time -> time.isBefore(times.get(0)));
            assertThat(times.get(times.size() - 1)).isAfter(times.get(0).plus(HOUR));
            Mirror.assertWell(segue, Mirror.neverLost());
        }
    }

    private static List<Instant> times(SegueProcess segue) {
        return segue.log()
                .lines()
                .map(line -> Instant.parse(line.substring(0, line.indexOf(' '))))
                .toList();
    }

    /** The clock that counts since the start is left alone, as it is when somebody sets the time of day. */
    private Map<String, String> ownClock() throws IOException {
        Optional<Path> library = library();
        assumeTrue(library.isPresent(), "needs libfaketime (Debian's package faketime)");
        return Map.of(
                "LD_PRELOAD",
                library.get().toString(),
                "FAKETIME_TIMESTAMP_FILE",
                clock().toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Else the JVM's waits return at once.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    private static Optional<Path> library() throws IOException {
        try (Stream<Path> found = Files.find(
                Path.of("/usr/lib"), 3, (path, attributes) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
            return found.findFirst();
        }
    }

    private Path clock() {
        return folder.resolve("clock");
    }

    /** From now on Segue's clock is {@code ahead} of ours. */
    private void setClock(Duration ahead) throws IOException {
        Path fresh = Files.writeString(folder.resolve("clock.new"), "%+d\n".formatted(ahead.toSeconds()));
        Files.move(fresh, clock(), StandardCopyOption.ATOMIC_MOVE);
    }
}
