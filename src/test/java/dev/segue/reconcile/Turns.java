package dev.segue.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.journal.Journal;
import dev.segue.journal.JournalEntry;
import dev.segue.plan.KeptFile;
import dev.segue.plan.Outcome;
import dev.segue.plan.Owed;
import dev.segue.settings.ProblemsException;
import dev.segue.status.ResourceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A run over a workbench, turned by hand; after each turn journal and files must agree and nothing staged be left. */
final class Turns {
    static final Duration MOMENT = Duration.ofMillis(1);

    private final Workbench bench;
    private Loop loop;

    Turns(Workbench bench) throws ProblemsException {
        this.bench = bench;
        this.loop = bench.loop();
    }

    /** A new run over the same files, and its first turn. */
    void start() throws Exception {
        bench.endRun();
        loop = bench.loop();
        bench.store.follow(loop::storeChanged);
        turn(Duration.ZERO);
    }

    /** Time passes, then the loop turns, and once more to hear of the passes that it started. */
    void turn(Duration afterwards) throws Exception {
        bench.pass(afterwards);
        loop.turn(loop.mail());
        loop.turn(loop.mail());
        for (ResourceStatus status : bench.board.picture().resources()) {
            agree(status.dest());
        }
    }

    Loop loop() {
        return loop;
    }

    /** Of {@code conf.d/NAME.toml}. */
    Outcome outcome(String name) {
        return bench.board.picture().resources().stream()
                .filter(resource -> resource.name().equals("conf.d/" + name + ".toml"))
                .findFirst()
                .orElseThrow()
                .outcome();
    }

    Outcome.Failed failed(String name) {
        return (Outcome.Failed) outcome(name);
    }

    /** As it is on disk. */
    Optional<JournalEntry> entry(Path target) {
        try (Journal journal = Journal.in(bench.target("state"))) {
            return journal.entry(target);
        }
    }

    Owed owed(String target) {
        return entry(bench.target(target)).orElseThrow().owed();
    }

    private void agree(Path target) throws IOException {
        Optional<JournalEntry> entry = entry(target);
        if (entry.isPresent() && entry.get().owed() == Owed.NOTHING) {
            assertThat(digest(target))
                    .as("digest of " + target)
                    .isEqualTo(entry.get().installed());
        }
        try (Stream<Path> files = Files.list(bench.target(""))) {
            List<Path> staged = files.filter(
                            file -> file.getFileName().toString().startsWith("."))
                    .toList();
            assertThat(staged).isEmpty();
        }
    }

    private static String digest(Path target) throws IOException {
        return Files.isRegularFile(target) ? KeptFile.digestOf(Files.readAllBytes(target)) : KeptFile.DIGEST_OF_ABSENT;
    }
}
