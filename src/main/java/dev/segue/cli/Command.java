package dev.segue.cli;

import dev.segue.cli.flags.Flag;
import dev.segue.cli.flags.FlagGroup;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What Segue can be asked to do: the first word of its command line. */
enum Command {
    RUN("Keeps configuration files in step with etcd and reloads their programs.", """
            segue [run] [OPTIONS] [ETCD_URL...] [-- COMMAND...]
            segue plan [OPTIONS] [ETCD_URL...]
            segue render TEMPLATE --data FILE
            segue convert CONFDIR [--out DIR]
            segue status [GROUP] [OPTIONS]
            segue wait --group GROUP (--revision NUMBER | --key KEY) [OPTIONS]
            segue switch --group GROUP [--put KEY=VALUE]... [--delete KEY]... [OPTIONS]
            segue register --key KEY --value VALUE --probe URL [OPTIONS] [-- COMMAND...]
            segue help [COMMAND]""", """
            Each conf.d/*.toml names some keys, a template, a target file, and the command
            that reloads the program which reads it. When the keys change, the target is
            rendered, checked, replaced as a whole, and its program reloaded.

            ETCD_URL is http://HOST:2379, https://HOST:2379 or HOST:2379; several, or with
            commas; other stores come with --backend. What follows -- is a program to start
            beside Segue and to stop with it; its exit code becomes Segue's.

            Flags may have one dash or two. Each can also come from the environment
            (--log-level as SEGUE_LOG_LEVEL) and from segue.toml (log_level = "debug");
            a flag wins over the environment, and that over the file.""", """
            segue http://etcd:2379
            segue --watch --confdir ./conf http://a:2379 http://b:2379 http://c:2379
            segue --onetime --noop etcd:2379
            segue --watch etcd:2379 -- nginx -g "daemon off;"
            segue --backend file --file keys.yaml --onetime"""),
    PLAN(
            "Shows what a run would change now, as a diff, and changes nothing.",
            "segue plan [OPTIONS] [ETCD_URL...]",
            """
            Reads the store once, renders every resource, runs its check, and compares it
            with its target. It takes the flags of a run, and heeds those that matter here.""",
            """
            segue plan http://etcd:2379
            segue plan --confdir ./conf --prefix /staging etcd:2379 && echo in step"""),
    RENDER(
            "Renders one template from a file of keys, without a store.",
            "segue render TEMPLATE --data FILE [--confdir DIR]",
            """
            For writing templates. TEMPLATE is a file of the confdir's templates/, or any
            other file; the result goes to standard output.""",
            """
            segue render nginx-upstream.conf.ftl --data keys.yaml
            segue render ./new.conf.ftl --data keys.json"""),
    CONVERT("Makes a confdir for Segue of one for confd.", "segue convert CONFDIR [--out DIR] [--force]", """
            CONFDIR is the folder with confd's conf.d and templates; it stays as it is. The
            new folder has its resource files and, in FreeMarker, its templates, which print
            the same bytes as in confd, whatever lies in the store. All else is copied.

            What can't be carried over is named with file, line and column. In the new
            template it is marked by a comment that begins with "segue convert:", and a
            <#stop> keeps the template from being rendered until somebody has seen to it.""", """
            segue convert /etc/confd && segue --watch etcd:2379
            segue convert ./confd --out ./new && segue plan --confdir ./new etcd:2379"""),
    STATUS(
            "Shows what the daemons of each group have applied.",
            "segue status [GROUP] [--json] [--watch] [OPTIONS]",
            """
            A daemon with --acknowledge GROUP keeps a key in the store for as long as it
            runs, which says what it has applied. This prints those keys as a table, of all
            groups or of one. The store comes by --node, from the environment or from
            segue.toml, because a word here is a group.""",
            """
            segue status --node etcd:2379
            segue status web --watch --node http://a:2379,http://b:2379
            segue status web --json --node etcd:2379"""),
    WAIT("Waits until all daemons of a group have applied a change.", """
            segue wait --group GROUP (--revision NUMBER | --key KEY) [--drained]
                       [--members NUMBER] [--timeout TIME] [OPTIONS] [ETCD_URL...]""", """
            For scripts that put a key and go on when it is served. A daemon has applied a
            change when its program serves with it and no worker of before takes new
            connections. A worker of before may still be busy with its last requests: before
            a server that it uses is stopped, wait for --drained. When the time is over,
            those that have not applied it are named.""", """
            segue wait --group web --key /app/upstream/py2 etcd:2379
            segue wait --group web --revision 1042 --members 3 --timeout 1m etcd:2379
            segue wait --group web --key /app/upstream/py1 --drained && stop py1"""),
    SWITCH("Changes over from one server to another, and undoes that if it fails.", """
            segue switch --group GROUP [--put KEY=VALUE]... [--delete KEY]...
                         [--probe URL]... [--soak TIME] [--timeout TIME]
                         [--drain-timeout TIME | --no-drain] [--dry-run]
                         [OPTIONS] [ETCD_URL...]""", """
            Probes the new server, puts its key, waits until all daemons with --acknowledge
            GROUP have applied that, keeps it so for --soak, deletes the key of the old
            server, and waits until no worker of before serves any request: then the old
            server may be stopped. What fails before the deletes is undone.

            Keys start with a slash. Everything behind the first = is the value, commas and
            blanks too. Whoever lists processes can read it.""", """
            segue switch --group web --probe http://10.0.0.2:8080/health \\
              --put /app/upstream/py2=10.0.0.2:8080 \\
              --delete /app/upstream/py1 etcd:2379
            segue switch --group web --put /app/colour=blue --soak 30s --dry-run etcd:2379"""),
    REGISTER("Keeps a server's key in the store while the server is well.", """
            segue register --key KEY --value VALUE --probe URL...
                           (--group GROUP | --no-drain) [--drain-timeout TIME]
                           [--probe-interval TIME] [--rise NUMBER] [--fall NUMBER]
                           [--ttl TIME] [--stop-timeout TIME]
                           [OPTIONS] [ETCD_URL...] [-- COMMAND...]""", """
            Runs beside a server, its COMMAND, and starts it; its exit code becomes Segue's.
            Puts KEY under a lease when --probe is good, and takes it out when that fails or
            COMMAND ends. On TERM or INT it takes KEY out, waits until all daemons with
            --acknowledge GROUP have dropped it and no worker of before serves any request,
            at most for --drain-timeout, and only then passes TERM on. A second TERM passes
            it on at once, and one after that kills.

            Without COMMAND the server was started elsewhere: exit code 0 says that it may
            be stopped. A key that somebody else has put with another value stays as it is.
            Whoever lists processes can read VALUE. With systemd: KillMode=mixed, so that
            TERM comes to Segue alone.""", """
            segue register --group web --key /app/upstream/py1 --value 10.0.0.1:8080 \\
              --probe http://10.0.0.1:8080/health etcd:2379 -- python3 app.py
            segue register --group web --key /db/replica/2 --value 10.0.0.7:5432 \\
              --probe tcp://10.0.0.7:5432 --ttl 5s etcd:2379"""),
    HELP("Tells about a command.", "segue help [COMMAND]", "", "segue help plan");

    private final String summary;
    private final String synopsis;
    private final String description;
    private final String examples;

    Command(String summary, String synopsis, String description, String examples) {
        this.summary = summary;
        this.synopsis = synopsis;
        this.description = description;
        this.examples = examples;
    }

    static Optional<Command> named(String word) {
        return Arrays.stream(values())
                .filter(command -> command.word().equals(word))
                .findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Command::word).toList();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String summary() {
        return summary;
    }

    /** One form below another. */
    String synopsis() {
        return synopsis;
    }

    String description() {
        return description;
    }

    /** One below another. */
    String examples() {
        return examples;
    }

    /** The flags that it knows, in the order of the help. */
    Set<Flag> flags() {
        return switch (this) {
            case RUN, PLAN ->
                EnumSet.copyOf(Arrays.stream(Flag.values())
                        .filter(flag -> !flag.group().isOfOneCommand())
                        .toList());
            case RENDER ->
                EnumSet.of(Flag.CONFDIR, Flag.CONFIG_FILE, Flag.LOG_LEVEL, Flag.DATA, Flag.VERSION, Flag.HELP);
            case CONVERT -> EnumSet.of(Flag.OUT, Flag.FORCE, Flag.LOG_LEVEL, Flag.VERSION, Flag.HELP);
            case STATUS -> withStore(Flag.JSON, Flag.WATCH);
            case WAIT -> withStore(Flag.GROUP, Flag.REVISION, Flag.KEY, Flag.DRAINED, Flag.MEMBERS, Flag.TIMEOUT);
            case SWITCH ->
                withStore(
                        Flag.GROUP,
                        Flag.PUT,
                        Flag.DELETE,
                        Flag.PROBE,
                        Flag.MEMBERS,
                        Flag.SOAK,
                        Flag.TIMEOUT,
                        Flag.DRAIN_TIMEOUT,
                        Flag.NO_DRAIN,
                        Flag.DRY_RUN);
            case REGISTER ->
                withStore(
                        Flag.GROUP,
                        Flag.KEY,
                        Flag.VALUE,
                        Flag.PROBE,
                        Flag.PROBE_INTERVAL,
                        Flag.RISE,
                        Flag.FALL,
                        Flag.TTL,
                        Flag.DRAIN_TIMEOUT,
                        Flag.NO_DRAIN,
                        Flag.STOP_TIMEOUT);
            case HELP -> EnumSet.of(Flag.VERSION, Flag.HELP);
        };
    }

    /** What {@code flag} does here, for the help. */
    String meaning(Flag flag) {
        if (isItsOwn(flag)) {
            return "Print the table again at each change, until you stop it.";
        }
        return this == REGISTER ? meaningInRegister(flag) : flag.description();
    }

    private static String meaningInRegister(Flag flag) {
        return switch (flag) {
            case GROUP -> "Those that must have dropped it: they run with --acknowledge GROUP.";
            case KEY -> "The server's key, its own alone.";
            case PROBE ->
                "The server is well if this answers: an http or https URL, or tcp://HOST:PORT. May be repeated.";
            case DRAIN_TIMEOUT -> "How long all may take before TERM is passed on. Default: 60s.";
            case NO_DRAIN -> "Wait only until none takes new connections; without --group: for nobody.";
            default -> flag.description();
        };
    }

    /** With which others the help shows it. */
    FlagGroup group(Flag flag) {
        return isItsOwn(flag) ? FlagGroup.CUTOVER : flag.group();
    }

    /** True for the one flag that does something else here than in a run. */
    private boolean isItsOwn(Flag flag) {
        return this == STATUS && flag == Flag.WATCH;
    }

    /** These, and what says where the store is, how to get in, and how much to log. */
    private static Set<Flag> withStore(Flag... own) {
        Set<FlagGroup> groups =
                EnumSet.of(FlagGroup.CONFIGURATION, FlagGroup.STORE, FlagGroup.SECURITY, FlagGroup.LOGGING);
        Set<Flag> flags = EnumSet.copyOf(List.of(own));
        Arrays.stream(Flag.values())
                .filter(flag -> groups.contains(flag.group()) && flag != Flag.SECRET_KEYS)
                .forEach(flags::add);
        return flags;
    }
}
