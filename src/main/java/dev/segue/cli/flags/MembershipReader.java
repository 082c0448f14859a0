package dev.segue.cli.flags;

import dev.segue.settings.InvalidValueException;
import dev.segue.settings.Membership;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes a {@link Membership} of what was given; used once, by one thread. */
final class MembershipReader {
    private final Inputs inputs;
    private final Findings findings;

    MembershipReader(Inputs inputs, Findings findings) {
        this.inputs = inputs;
        this.findings = findings;
    }

    /**
     * The membership, or nothing if none is asked for or there is a problem now.
     *
     * @param hostName the member's name if no other is given; it may have to ask the network
     */
    Optional<Membership> read(Supplier<Optional<String>> hostName) {
        Optional<Given> group = inputs.one(Flag.ACKNOWLEDGE);
        Optional<Given> member = inputs.one(Flag.MEMBER);
        if (group.isEmpty()) {
            member.ifPresent(given -> findings.problem(given, "needs " + Flag.ACKNOWLEDGE.option() + " beside it"));
            return Optional.empty();
        }
        if (inputs.isOn(Flag.ONETIME)) {
            findings.problem(
                    group.get(),
                    "cannot go with " + Flag.ONETIME.option() + " (who ends at once keeps no key alive in the store)");
        }
        Optional<String> name = member.isPresent()
                ? inputs.parsed(Flag.MEMBER, CutoverName::member)
                : ofHost(hostName.get(), group.get());
        return inputs.parsed(Flag.ACKNOWLEDGE, CutoverName::group)
                .flatMap(ours -> name.map(own -> new Membership(ours, own)));
    }

    private Optional<String> ofHost(Optional<String> host, Given group) {
        String needed = "needs " + Flag.MEMBER.option() + " NAME beside it, because ";
        if (host.isEmpty()) {
            findings.problem(group, needed + "no address is found for this machine's name");
            return Optional.empty();
        }
        try {
            return Optional.of(CutoverName.member(host.get()));
        } catch (InvalidValueException e) {
            findings.problem(group, needed + "the host name " + e.what());
            return Optional.empty();
        }
    }
}
