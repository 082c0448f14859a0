package dev.segue.status;

import dev.segue.plan.Outcome;
import dev.segue.status.Picture.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a picture means to whoever has to act on it. Pure.
 *
 * @param alive whether the loop turns; if it does not, only a restart helps
 * @param ready whether the programs serve what the store says, as far as can be known
 */
public record Health(Verdict alive, Verdict ready) {
    /**
     * How long is too long.
     *
     * @param overdue after the end of its rest, before the loop counts as stuck; longer than any honest turn takes
     * @param ready how long something may be owed, or the store be lost
     */
    public record Limits(Duration overdue, Duration ready) {
        private static final Duration SHORTEST_OVERDUE = Duration.ofSeconds(30);
        private static final int REQUESTS_OF_A_TURN = 10;

        /**
         * Nothing blocks a turn but its read of the store: one request, or some more where the answer comes in pages or a
         * node has to be given up. So ten of them are allowed, and 30 s at least.
         */
        public static Limits of(Duration requestTimeout, Duration readyLimit) {
            Duration read = requestTimeout.multipliedBy(REQUESTS_OF_A_TURN);
            return new Limits(read.compareTo(SHORTEST_OVERDUE) > 0 ? read : SHORTEST_OVERDUE, readyLimit);
        }
    }

    /** Judges {@code picture}. */
    public static Health of(Picture picture, Limits limits) {
        return new Health(alive(picture, limits.overdue()), ready(picture, limits.ready()));
    }

    /** A run that is told to stop may take its time: a supervised program is waited for, and the loop is over. */
    private static Verdict alive(Picture picture, Duration overdue) {
        Pulse pulse = picture.pulse();
        Duration still = picture.age(pulse.last());
        boolean stuck =
                picture.phase() == Phase.RUNNING && still.minus(pulse.rest()).compareTo(overdue) > 0;
        return new Verdict(
                stuck
                        ? List.of("the loop has not turned for " + inWords(still) + ", and was to rest for "
                                + inWords(pulse.rest()) + " (limit " + inWords(overdue) + " more)")
                        : List.of());
    }

    private static Verdict ready(Picture picture, Duration limit) {
        List<String> reasons = new ArrayList<>();
        if (picture.phase() == Phase.STOPPING) {
            reasons.add("Segue is stopping");
        }
        if (picture.isStoreRead()) {
            judge(picture, picture.store(), limit, reasons);
        }
        picture.otherStores().forEach(store -> judge(picture, store, limit, reasons));
        picture.refused().forEach((name, problems) -> {
            if (!picture.keepsEarlier(name)) {
                reasons.addAll(problems);
            }
        });
        picture.resources().forEach(resource -> judge(picture, resource, limit, reasons));
        return new Verdict(reasons);
    }

    private static void judge(Picture picture, StoreStatus store, Duration limit, List<String> reasons) {
        String why = store.lastError().map(error -> ": " + error).orElse("");
        if (store.revision().isEmpty()) {
            reasons.add("store " + store.description() + ": not read yet" + why);
        } else if (isOver(picture.age(store.lostSince()), limit)) {
            reasons.add("store " + store.description() + ": lost for "
                    + overLimit(picture.age(store.lostSince()), limit) + why);
        }
    }

    private static void judge(Picture picture, ResourceStatus resource, Duration limit, List<String> reasons) {
        String why = resource.reason().map(reason -> ": " + reason).orElse("");
        if (!resource.wasEverApplied()) {
            boolean seen = !(resource.outcome() instanceof Outcome.Pending);
            reasons.add(resource.name() + (seen ? ": not applied yet" : "") + why);
        } else if (isOver(picture.age(resource.owedSince()), limit)) {
            reasons.add(resource.name() + ": " + resource.owed() + " owed for "
                    + overLimit(picture.age(resource.owedSince()), limit) + why);
        }
    }

    private static boolean isOver(Duration age, Duration limit) {
        return age.compareTo(limit) > 0;
    }

    private static String overLimit(Duration age, Duration limit) {
        return inWords(age) + " (limit " + inWords(limit) + ")";
    }

    private static String inWords(Duration duration) {
        return duration.toSeconds() > 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
