package dev.segue.cli.cutover;

import dev.segue.cli.flags.CutoverName;
import dev.segue.cli.flags.Findings;
import dev.segue.cli.flags.Flag;
import dev.segue.cli.flags.Inputs;
import dev.segue.settings.DurationText;
import dev.segue.settings.InvalidValueException;
import dev.segue.settings.RegisterRequest;
import dev.segue.settings.RegisterRequest.Leave;
import dev.segue.settings.RegisterRequest.Probing;
import dev.segue.settings.StoreSettings;
import dev.segue.settings.WaitRequest.Until;
import java.time.Duration;
import java.util.List;

/** Makes the request of {@code segue register} out of its command line; used once, by one thread. */
final class RegisterReader {
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);
    private static final int DEFAULT_RISE = 2;
    private static final int DEFAULT_FALL = 3;
    private static final Duration DEFAULT_LIFE = Duration.ofSeconds(10);
    private static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(30);

    /** etcd counts the life of a lease in whole seconds. */
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);

    private final Inputs inputs;
    private final Findings findings;

    RegisterReader(Inputs inputs, Findings findings) {
        this.inputs = inputs;
        this.findings = findings;
    }

    RegisterRequest read(StoreSettings store, List<String> child) {
        require(Flag.KEY, "(the server's key in the store)");
        require(Flag.VALUE, "(what the key shall hold: where the server is)");
        require(Flag.PROBE, "(what tells that the server is well: its URL, or tcp://HOST:PORT)");
        return new RegisterRequest(
                store,
                inputs.parsed(Flag.KEY, StoreKey::parse).orElse(""),
                inputs.text(Flag.VALUE).orElse(""),
                new Probing(
                        ProbeUrl.all(inputs),
                        inputs.parsed(Flag.PROBE_INTERVAL, DurationText::parsePositive)
                                .orElse(DEFAULT_INTERVAL),
                        inputs.parsed(Flag.RISE, RegisterReader::answers).orElse(DEFAULT_RISE),
                        inputs.parsed(Flag.FALL, RegisterReader::answers).orElse(DEFAULT_FALL)),
                inputs.parsed(Flag.TTL, RegisterReader::life).orElse(DEFAULT_LIFE),
                leave(),
                stopTimeout(child),
                child);
    }

    private Leave leave() {
        boolean drains = !inputs.isOn(Flag.NO_DRAIN);
        if (drains) {
            require(Flag.GROUP, "(the name that the daemons have in --acknowledge; or --no-drain, to wait for nobody)");
        }
        return new Leave(
                inputs.parsed(Flag.GROUP, CutoverName::group),
                drains ? Until.DRAINED : Until.SETTLED,
                inputs.parsed(Flag.DRAIN_TIMEOUT, DurationText::parsePositive).orElse(DEFAULT_DRAIN_TIMEOUT));
    }

    private Duration stopTimeout(List<String> child) {
        if (child.isEmpty()) {
            inputs.one(Flag.STOP_TIMEOUT)
                    .ifPresent(given -> findings.problem(given, "needs a program to stop, behind --"));
        }
        return inputs.parsed(Flag.STOP_TIMEOUT, DurationText::parsePositive).orElse(DEFAULT_STOP_TIMEOUT);
    }

    private void require(Flag flag, String what) {
        if (inputs.one(flag).isEmpty()) {
            findings.usageProblem(flag.option(), "is missing " + what);
        }
    }

    private static int answers(String text) throws InvalidValueException {
        return Count.small(text, "number of answers");
    }

    private static Duration life(String text) throws InvalidValueException {
        Duration life = DurationText.parse(text);
        if (life.compareTo(SHORTEST_LIFE) < 0) {
            throw new InvalidValueException("must be at least 1s, not \"" + text + "\"");
        }
        return life;
    }
}
