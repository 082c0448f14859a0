package dev.segue.bench;

import java.nio.file.Path;
import java.util.List;

/** Who takes part, and where. */
record Field(Session session, Options options, Path templates, List<Contestant> contestants) {
    Field {
        contestants = List.copyOf(contestants);
    }

    List<Contestant> thatCan(Run run) {
        return contestants.stream()
                .filter(contestant -> run != Run.POLL || contestant.polls())
                .toList();
    }

    static void say(String text) {
        System.err.println("bench: " + text);
    }
}
