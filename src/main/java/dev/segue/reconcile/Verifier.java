package dev.segue.reconcile;

import dev.segue.command.CommandResult;
import dev.segue.command.CommandResult.Ending;
import dev.segue.command.CommandRunner;
import dev.segue.plan.Rung;
import dev.segue.probe.Answer;
import dev.segue.probe.HttpProbe;
import dev.segue.reconcile.Refusal.Cause;
import dev.segue.resource.Resource;
import dev.segue.resource.ShellCommand;
import dev.segue.resource.Verification;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Asks a program, again and again within the resource's time, whether it serves what was installed. Thread-safe. */
public final class Verifier {
    /** Older workers answer too for some 100 ms after a reload, and each connection meets another one; unless all are gone. */
    private static final int GOOD_ANSWERS_IN_A_ROW = 5;

    private static final Duration BETWEEN_GOOD_ANSWERS = Duration.ofMillis(10);
    private static final Duration BETWEEN_FIRST_TRIES = Duration.ofMillis(10);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    /** A reload of nginx takes no longer, most often. */
    private static final int FIRST_TRIES = 20;

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);

    private final CommandRunner commands;
    private final HttpProbe probe;
    private final Predicate<Resource> replaced;
    private final LongSupplier ticker;
    private final Pause pause;

    /** Lets time pass. */
    public interface Pause {
        /** Returns after {@code time}. */
        void take(Duration time) throws InterruptedException;
    }

    /**
     * @param replaced whether it is known that none of the program's workers of before its last reload takes connections any
     *     more: then one good answer is proof
     * @param ticker nanoseconds of a clock that never goes back
     */
    public Verifier(
            CommandRunner commands, HttpProbe probe, Predicate<Resource> replaced, LongSupplier ticker, Pause pause) {
        this.commands = commands;
        this.probe = probe;
        this.replaced = replaced;
        this.ticker = ticker;
        this.pause = pause;
    }

    /** Blocks for twice the resource's {@code verify_timeout} and four seconds at most; empty if what is wanted is served. */
    Optional<Refusal> verify(Attempt attempt) {
        Resource resource = attempt.resource();
        Verification how = resource.verification();
        long deadline = ticker.getAsLong() + how.timeout().toNanos();
        try {
            if (how.url().isPresent()) {
                Optional<String> digest = attempt.candidate().flatMap(Wanted::shownDigest);
                Optional<Refusal> refusal = ask(resource, how.url().get(), digest, deadline);
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
            return how.command().isPresent() ? run(how.command().get(), resource, deadline) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new Refusal(Rung.VERIFIED, "verification was cancelled", List.of(), Cause.CANCELLED));
        }
    }

    private Optional<Refusal> ask(Resource resource, URI url, Optional<String> digest, long deadline)
            throws InterruptedException {
        int good = 0;
        int tries = 0;
        Optional<String> last = Optional.empty();
        while (true) {
            long left = deadline - ticker.getAsLong();
            // A last question without the time for an answer would hide what the others were told.
            if (left <= 0 || (last.isPresent() && left <= BETWEEN_TRIES.toNanos())) {
                String said = last.orElse("no answer");
                return Optional.of(refusal("verify_url " + url + " still says after "
                        + seconds(resource.verification().timeout()) + ": " + said));
            }
            Duration longest = Duration.ofNanos(Math.min(left, LONGEST_ANSWER.toNanos()));
            Optional<String> before = last;
            boolean onlyNewer = good > 0 && replaced.test(resource);
            Optional<String> wrong = whatIsWrong(probe.ask(url, longest), digest);
            good = wrong.isEmpty() ? good + 1 : 0;
            tries += wrong.isEmpty() ? 0 : 1;
            if (good == GOOD_ANSWERS_IN_A_ROW || (onlyNewer && wrong.isEmpty())) {
                return Optional.empty();
            }
            last = wrong.or(() -> before);
            pause.take(
                    wrong.isEmpty() ? BETWEEN_GOOD_ANSWERS : tries < FIRST_TRIES ? BETWEEN_FIRST_TRIES : BETWEEN_TRIES);
        }
    }

    private static Optional<String> whatIsWrong(Answer answer, Optional<String> digest) {
        if (answer instanceof Answer.Silent silent) {
            return Optional.of(silent.why());
        }
        Answer.Answered answered = (Answer.Answered) answer;
        if (answered.status() != 200) {
            return Optional.of("status " + answered.status());
        }
        return digest.filter(wanted -> !answered.says(wanted))
                .map(wanted -> "another digest than " + wanted + ", so an older file is served");
    }

    private Optional<Refusal> run(ShellCommand command, Resource resource, long deadline) throws InterruptedException {
        String line = command.line(resource.dest(), resource.dest());
        while (true) {
            CommandResult result = commands.run(line, command.timeout());
            if (result.succeeded()) {
                return Optional.empty();
            }
            boolean cancelled = result.ending() instanceof Ending.Cancelled;
            if (cancelled || deadline - ticker.getAsLong() <= BETWEEN_TRIES.toNanos()) {
                return Optional.of(new Refusal(
                        Rung.VERIFIED,
                        "verify command " + result.description(),
                        result.output().forLog(),
                        cancelled ? Cause.CANCELLED : Cause.OPEN));
            }
            pause.take(BETWEEN_TRIES);
        }
    }

    private static Refusal refusal(String what) {
        return new Refusal(Rung.VERIFIED, what, List.of(), Cause.OPEN);
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
