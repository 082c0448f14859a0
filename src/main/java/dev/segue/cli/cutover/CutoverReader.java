package dev.segue.cli.cutover;

import dev.segue.cli.flags.CutoverName;
import dev.segue.cli.flags.Findings;
import dev.segue.cli.flags.Flag;
import dev.segue.cli.flags.Given;
import dev.segue.cli.flags.Inputs;
import dev.segue.settings.DurationText;
import dev.segue.settings.InvalidValueException;
import dev.segue.settings.RegisterRequest;
import dev.segue.settings.StatusRequest;
import dev.segue.settings.StoreSettings;
import dev.segue.settings.SwitchRequest;
import dev.segue.settings.WaitRequest;
import dev.segue.settings.WaitRequest.Goal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes the request of a command of the cutover out of its command line; used once, by one thread. */
public final class CutoverReader {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(60);

    private final Inputs inputs;
    private final StoreSettings store;
    private final Findings findings;

    private CutoverReader(Inputs inputs, StoreSettings store, Findings findings) {
        this.inputs = inputs;
        this.store = store;
        this.findings = findings;
    }

    /**
     * A reader of these flags alone.
     *
     * @param findings gets everything that is wrong; while it holds a problem, what the reader returns means nothing
     */
    public static CutoverReader of(Map<Flag, List<Given>> commandLine, StoreSettings store, Findings findings) {
        return new CutoverReader(new Inputs(List.of(commandLine), findings), store, findings);
    }

    /** What {@code segue status} is told; {@code words} may name one group. */
    public StatusRequest status(List<String> words) {
        return new StatusRequest(
                store,
                groupOf(words),
                inputs.isOn(Flag.JSON) ? StatusRequest.Form.JSON : StatusRequest.Form.TABLE,
                inputs.isOn(Flag.WATCH) ? StatusRequest.Repeat.AT_EACH_CHANGE : StatusRequest.Repeat.ONCE);
    }

    /** What {@code segue wait} is told. */
    public WaitRequest await() {
        return new WaitRequest(
                store,
                group(),
                goal(),
                inputs.isOn(Flag.DRAINED) ? WaitRequest.Until.DRAINED : WaitRequest.Until.SETTLED,
                members(),
                timeout());
    }

    /** What {@code segue switch} is told. */
    public SwitchRequest switchOver() {
        KeyChanges changes = KeyChanges.read(inputs, findings);
        return new SwitchRequest(
                store,
                group(),
                changes.puts(),
                changes.deletes(),
                ProbeUrl.all(inputs),
                members(),
                inputs.parsed(Flag.SOAK, DurationText::parse).orElse(Duration.ZERO),
                timeout(),
                drainTimeout(),
                inputs.isOn(Flag.DRY_RUN) ? SwitchRequest.Effect.TOLD_ONLY : SwitchRequest.Effect.DONE);
    }

    /**
     * What {@code segue register} is told.
     *
     * @param child the program to supervise, with its arguments; empty for none
     */
    public RegisterRequest register(List<String> child) {
        return new RegisterReader(inputs, findings).read(store, child);
    }

    private Optional<String> groupOf(List<String> words) {
        if (words.stream().anyMatch(word -> word.contains(":"))) {
            findings.usageProblem("GROUP", "is a name (an etcd URL comes with --node here)");
            return Optional.empty();
        }
        if (words.size() > 1) {
            findings.usageProblem("GROUP", "is one at a time, not " + String.join(" and ", words));
        }
        return words.stream()
                .findFirst()
                .flatMap(word -> inputs.parsed(Given.onCommandLine("GROUP", word), CutoverName::group));
    }

    private String group() {
        if (inputs.one(Flag.GROUP).isEmpty()) {
            missing(Flag.GROUP, "is missing (the name that the daemons have in --acknowledge)");
        }
        return inputs.parsed(Flag.GROUP, CutoverName::group).orElse("");
    }

    private Goal goal() {
        Optional<Given> key = inputs.one(Flag.KEY);
        boolean revision = inputs.one(Flag.REVISION).isPresent();
        if (key.isEmpty() && !revision) {
            missing(Flag.REVISION, "is missing, and so is --key (one of them says what to wait for)");
        } else if (key.isPresent() && revision) {
            findings.problem(key.get(), "cannot go with --revision (one of them says what to wait for)");
        }
        return key.isPresent()
                ? new Goal.Key(inputs.parsed(Flag.KEY, StoreKey::parse).orElse(""))
                : new Goal.Revision(
                        inputs.parsed(Flag.REVISION, CutoverReader::revision).orElse(0L));
    }

    private OptionalInt members() {
        return inputs.parsed(Flag.MEMBERS, CutoverReader::members).orElse(OptionalInt.empty());
    }

    private Duration timeout() {
        return inputs.parsed(Flag.TIMEOUT, DurationText::parsePositive).orElse(DEFAULT_TIMEOUT);
    }

    private Optional<Duration> drainTimeout() {
        Duration limit =
                inputs.parsed(Flag.DRAIN_TIMEOUT, DurationText::parsePositive).orElse(DEFAULT_DRAIN_TIMEOUT);
        if (!inputs.isOn(Flag.NO_DRAIN)) {
            return Optional.of(limit);
        }
        inputs.one(Flag.DRAIN_TIMEOUT)
                .ifPresent(given -> findings.problem(given, "cannot go with " + Flag.NO_DRAIN.option()));
        return Optional.empty();
    }

    private void missing(Flag flag, String what) {
        findings.usageProblem(flag.option(), what);
    }

    private static long revision(String text) throws InvalidValueException {
        return Count.parse(text, "revision of the store");
    }

    private static OptionalInt members(String text) throws InvalidValueException {
        return OptionalInt.of(Count.small(text, "number of members"));
    }
}
