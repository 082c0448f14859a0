package dev.segue.cutover;

import dev.segue.settings.ExitCode;
import dev.segue.settings.Membership;
import dev.segue.settings.StatusRequest;
import dev.segue.settings.StatusRequest.Form;
import dev.segue.settings.StatusRequest.Repeat;
import dev.segue.store.KeyStore;
import dev.segue.store.StoreException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SortedMap;

/** {@code segue status}: shows what the members of a group, or of all groups, say of themselves. */
public final class StatusCommand {
    /** Ages go on while nothing changes. */
    private static final Duration BETWEEN_TABLES = Duration.ofSeconds(1);

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final String HOME_AND_WIPE = "\033[H\033[J";

    private final StatusRequest request;
    private final PrintStream out;
    private final boolean terminal;
    private final InstantSource clock;
    private final GroupWatch watch;
    private volatile boolean cancelled;

    /** @param terminal whether somebody looks at {@code out} */
    public StatusCommand(StatusRequest request, KeyStore keys, PrintStream out, boolean terminal, InstantSource clock) {
        this.request = request;
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.watch = new GroupWatch(keys, request.group());
    }

    /**
     * Shows it once, or at each change until {@link #cancel}, or until it shows that nobody reads {@code out} any more.
     *
     * @throws StoreException if the store cannot be read
     */
    public ExitCode run() throws StoreException, InterruptedException {
        boolean live = terminal && request.form() == Form.TABLE && request.repeat() == Repeat.AT_EACH_CHANGE;
        String before = "";
        while (true) {
            SortedMap<Membership, Member> members = watch.members();
            String content = StatusJson.of(members);
            if (live || !content.equals(before)) {
                out.print(live ? HOME_AND_WIPE : "");
                show(members, content);
                before = content;
            }
            if (request.repeat() == Repeat.ONCE || out.checkError()) {
                return ExitCode.OK;
            }
            watch.await(live ? BETWEEN_TABLES : BETWEEN_LINES);
            if (cancelled) {
                return ExitCode.OK;
            }
        }
    }

    private void show(SortedMap<Membership, Member> members, String json) {
        if (request.form() == Form.JSON) {
            out.println(json);
        } else if (members.isEmpty()) {
            out.println("nobody acknowledges"
                    + request.group().map(group -> " in group " + group).orElse("")
                    + " (a Segue does that with --acknowledge GROUP, while it runs)");
        } else {
            StatusTable.of(members, clock.instant()).forEach(out::println);
        }
        out.flush();
    }

    /** Ends {@link #run}. From any thread. */
    public void cancel() {
        cancelled = true;
        watch.wake();
    }
}
