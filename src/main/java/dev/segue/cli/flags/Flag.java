package dev.segue.cli.flags;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that Segue can be told, whether by flag, environment or configuration file.
 *
 * <p>One name does for all three: {@code --client-cert} is {@code SEGUE_CLIENT_CERT} and {@code client_cert}.
 */
public enum Flag {
    CONFDIR(
            FlagGroup.CONFIGURATION,
            Kind.VALUE,
            "confdir",
            "DIR",
            "Folder with segue.toml, conf.d/*.toml and templates/ (/etc/segue if it is there, else /etc/confd)."),
    CONFIG_FILE(
            FlagGroup.CONFIGURATION,
            Kind.VALUE,
            "config-file",
            "FILE",
            "Flags in TOML (DIR/segue.toml if it is there, else DIR/confd.toml)."),
    PREFIX(
            FlagGroup.WATCHED,
            Kind.VALUE,
            "prefix",
            "KEY",
            "Put before the keys of all resources, instead of the prefix that each names itself."),
    WATCH(
            FlagGroup.WATCHED,
            Kind.SWITCH,
            "watch",
            "",
            "Act on a change at once. Everything is still looked at each --interval."),
    INTERVAL(
            FlagGroup.WATCHED,
            Kind.VALUE,
            "interval",
            "TIME",
            "Time between two looks at everything: seconds, or with a unit (500ms, 10s, 2m). Default: 10s."),
    QUIET_PERIOD(
            FlagGroup.WATCHED,
            Kind.VALUE,
            "quiet-period",
            "TIME",
            "The first change is acted on at once; those that follow each other within this time, together. Default:"
                    + " 100ms."),
    MAX_DELAY(FlagGroup.WATCHED, Kind.VALUE, "max-delay", "TIME", "But no change waits longer than this. Default: 2s."),
    NODE(
            FlagGroup.STORE,
            Kind.LIST,
            "node",
            "URL",
            "A node of the store, the same as ETCD_URL; may be repeated, or hold several with commas. Default: this"
                    + " machine's http://127.0.0.1:2379, or port 6379 for redis, 2181 for zookeeper."),
    BACKEND(
            FlagGroup.STORE,
            Kind.VALUE,
            "backend",
            "NAME",
            "Kind of store: etcd (or etcdv3), redis, zookeeper, file or env. Only etcd has revisions, and"
                    + " --acknowledge, segue status, wait, switch and register. redis and zookeeper may show a part of changes"
                    + " that belong together; env never changes. A resource file can name others in [backend]. Default: etcd."),
    FILE(
            FlagGroup.OTHER_STORES,
            Kind.REPEATED,
            "file",
            "PATH",
            "With --backend file: keys in YAML, JSON or TOML, or a folder of such files and of files that are each one"
                    + " key's value. May be repeated; of a key in several the last counts."),
    FILTER(FlagGroup.OTHER_STORES, Kind.VALUE, "filter", "GLOB", "Which files of such a folder. Default: *."),
    SEPARATOR(
            FlagGroup.OTHER_STORES,
            Kind.VALUE,
            "separator",
            "TEXT",
            "With --backend redis: stands in names for the slash of keys, as in app:upstream:py1. Default: /."),
    SRV_DOMAIN(
            FlagGroup.STORE,
            Kind.VALUE,
            "srv-domain",
            "NAME",
            "Find the nodes by DNS, with etcd's SRV records:\n_etcd-client._tcp.NAME, or for https\n_etcd-client-ssl._tcp.NAME."),
    SRV_RECORD(FlagGroup.STORE, Kind.VALUE, "srv-record", "NAME", "Find the nodes by DNS: this very SRV record."),
    SCHEME(
            FlagGroup.STORE,
            Kind.VALUE,
            "scheme",
            "NAME",
            "http or https, for nodes from DNS and for nodes given as HOST:PORT. Default: http."),
    REQUEST_TIMEOUT(
            FlagGroup.STORE, Kind.VALUE, "request-timeout", "TIME", "How long one request may take. Default: 3s."),
    USERNAME(FlagGroup.SECURITY, Kind.VALUE, "username", "NAME", "User of the store."),
    PASSWORD_FILE(
            FlagGroup.SECURITY,
            Kind.VALUE,
            "password-file",
            "FILE",
            "Holds the user's password. Or put it into SEGUE_PASSWORD."),
    PASSWORD(FlagGroup.SECURITY, Kind.SECRET, "password", "TEXT", "The same in plain sight of all who list processes."),
    BASIC_AUTH(FlagGroup.SECURITY, Kind.SWITCH, "basic-auth", "", "Does nothing; confd needs it beside --username."),
    CLIENT_CA_KEYS(
            FlagGroup.SECURITY, Kind.VALUE, "client-ca-keys", "FILE", "PEM certificates to trust, not the system's."),
    CLIENT_CERT(FlagGroup.SECURITY, Kind.VALUE, "client-cert", "FILE", "Our certificate, PEM; with --client-key."),
    CLIENT_KEY(FlagGroup.SECURITY, Kind.VALUE, "client-key", "FILE", "Our private key, PEM (PKCS#8)."),
    CLIENT_INSECURE(
            FlagGroup.SECURITY, Kind.SWITCH, "client-insecure", "", "Take any certificate from the server. For tests."),
    SECRET_KEYS(
            FlagGroup.SECURITY,
            Kind.LIST,
            "secret-keys",
            "PATTERN",
            "Keys whose values no diff may show: * stands for any name, ** for any path (/app/**/password). May be"
                    + " repeated."),
    ONETIME(FlagGroup.MODES, Kind.SWITCH, "onetime", "", "Bring everything into step once, then end."),
    NOOP(FlagGroup.MODES, Kind.SWITCH, "noop", "", "Show what would change; change nothing."),
    SYNC_ONLY(FlagGroup.MODES, Kind.SWITCH, "sync-only", "", "Write targets but run no check and no reload."),
    KEEP_STAGE_FILE(
            FlagGroup.MODES,
            Kind.SWITCH,
            "keep-stage-file",
            "",
            "Leave a copy of each rendered file beside its target, to look at."),
    STATE_DIR(
            FlagGroup.STATE,
            Kind.VALUE,
            "state-dir",
            "DIR",
            "Remembers there what is installed and what is owed. Default: /var/lib/segue."),
    HTTP(
            FlagGroup.STATE,
            Kind.VALUE,
            "http",
            "HOST:PORT",
            "Serve state to monitoring here, such as 127.0.0.1:9105. Without HOST: 127.0.0.1."),
    READY_LIMIT(
            FlagGroup.STATE,
            Kind.VALUE,
            "ready-limit",
            "TIME",
            "How long something may be owed, or the store be lost, before Segue says that it is not ready. Default:"
                    + " 60s."),
    ACKNOWLEDGE(
            FlagGroup.STATE,
            Kind.VALUE,
            "acknowledge",
            "GROUP",
            "Tell in the store what is applied here, among all that serve the same: segue status, wait and switch go"
                    + " by it."),
    MEMBER(FlagGroup.STATE, Kind.VALUE, "member", "NAME", "Our name among those of GROUP. Default: the host name."),
    LOG_LEVEL(
            FlagGroup.LOGGING,
            Kind.VALUE,
            "log-level",
            "LEVEL",
            "error, warn, info, debug or trace; confd's other names work too. Default: info."),
    DATA(FlagGroup.RENDERED, Kind.VALUE, "data", "FILE", "Keys and values, YAML, JSON or TOML."),
    OUT(FlagGroup.CONVERTED, Kind.VALUE, "out", "DIR", "Where the new confdir goes. Default: segue, beside CONFDIR."),
    FORCE(FlagGroup.CONVERTED, Kind.SWITCH, "force", "", "Replace files that are there and differ."),
    GROUP(FlagGroup.CUTOVER, Kind.VALUE, "group", "GROUP", "Those that run with --acknowledge GROUP."),
    JSON(FlagGroup.CUTOVER, Kind.SWITCH, "json", "", "Print JSON, for programs."),
    REVISION(
            FlagGroup.CUTOVER,
            Kind.VALUE,
            "revision",
            "NUMBER",
            "Wait for all that the store held at this revision of it."),
    KEY(FlagGroup.CUTOVER, Kind.VALUE, "key", "KEY", "Wait for this key as it is now."),
    VALUE(
            FlagGroup.CUTOVER,
            Kind.SECRET,
            "value",
            "VALUE",
            "What the key shall hold: where the server is, such as 10.0.0.2:8080."),
    DRAINED(
            FlagGroup.CUTOVER,
            Kind.SWITCH,
            "drained",
            "",
            "And until no worker of before serves any request; else until none takes new connections."),
    MEMBERS(FlagGroup.CUTOVER, Kind.VALUE, "members", "NUMBER", "So many must be there. Default: 1."),
    PUT(
            FlagGroup.CUTOVER,
            Kind.REPEATED,
            "put",
            "KEY=VALUE",
            "Put this first; the key ends at the first =. May be repeated."),
    DELETE(
            FlagGroup.CUTOVER,
            Kind.REPEATED,
            "delete",
            "KEY",
            "Delete this once all have applied what was put. May be repeated."),
    PROBE(
            FlagGroup.CUTOVER,
            Kind.REPEATED,
            "probe",
            "URL",
            "This must answer before anything is put: an http or https URL, or tcp://HOST:PORT. May be repeated."),
    PROBE_INTERVAL(
            FlagGroup.CUTOVER,
            Kind.VALUE,
            "probe-interval",
            "TIME",
            "Time between an answer and the next question. Default: 1s."),
    RISE(FlagGroup.CUTOVER, Kind.VALUE, "rise", "NUMBER", "Good answers in a row that put the key. Default: 2."),
    FALL(FlagGroup.CUTOVER, Kind.VALUE, "fall", "NUMBER", "Bad ones in a row that take it out. Default: 3."),
    TTL(
            FlagGroup.CUTOVER,
            Kind.VALUE,
            "ttl",
            "TIME",
            "How long the key outlives a Segue that was killed. Default: 10s."),
    SOAK(
            FlagGroup.CUTOVER,
            Kind.VALUE,
            "soak",
            "TIME",
            "How long what was put must hold before anything is deleted. Default: 0."),
    TIMEOUT(
            FlagGroup.CUTOVER,
            Kind.VALUE,
            "timeout",
            "TIME",
            "How long they may take; in a switch, for the puts and for the deletes. Default: 30s."),
    DRAIN_TIMEOUT(
            FlagGroup.CUTOVER,
            Kind.VALUE,
            "drain-timeout",
            "TIME",
            "How long workers of before may go on serving in the end. Default: 60s."),
    NO_DRAIN(FlagGroup.CUTOVER, Kind.SWITCH, "no-drain", "", "Do not wait for them."),
    STOP_TIMEOUT(
            FlagGroup.CUTOVER,
            Kind.VALUE,
            "stop-timeout",
            "TIME",
            "How long COMMAND may take to end before it is killed. Default: 30s."),
    DRY_RUN(FlagGroup.CUTOVER, Kind.SWITCH, "dry-run", "", "Tell what would be done; change nothing."),
    VERSION(FlagGroup.LOGGING, Kind.SWITCH, "version", "", "Print version, commit and Java version."),
    HELP(FlagGroup.LOGGING, Kind.SWITCH, "help", "", "Print this.");

    /** Flags of confd for stores that Segue does not have; all take a value. */
    public static final List<String> OF_OTHER_STORES =
            List.of("app-id", "auth-token", "auth-type", "path", "role-id", "secret-id", "table", "user-id");

    /** What a flag takes. */
    public enum Kind {
        /** Nothing, or true or false behind {@code =}. */
        SWITCH,
        /** One value. */
        VALUE,
        /** One value that is never shown. */
        SECRET,
        /** Values, separated by commas; or the flag several times. */
        LIST,
        /** Values that may hold commas; the flag several times. */
        REPEATED
    }

    private final FlagGroup group;
    private final Kind kind;
    private final String word;
    private final String placeholder;
    private final String description;

    Flag(FlagGroup group, Kind kind, String word, String placeholder, String description) {
        this.group = group;
        this.kind = kind;
        this.word = word;
        this.placeholder = placeholder;
        this.description = description;
    }

    public FlagGroup group() {
        return group;
    }

    public Kind kind() {
        return kind;
    }

    /** As on the command line: {@code --client-cert}. */
    public String option() {
        return "--" + word;
    }

    /** As in a configuration file: {@code client_cert}; confd calls the nodes {@code nodes}. */
    public String key() {
        return this == NODE ? "nodes" : word.replace('-', '_');
    }

    /** What stands for the value in the help; empty for a switch. */
    public String placeholder() {
        return placeholder;
    }

    /** One or two sentences for the help. */
    public String description() {
        return description;
    }

    /** The flag with this name on the command line, without dashes; {@code h} and {@code V} as everywhere. */
    public static Optional<Flag> named(String name) {
        return switch (name) {
            case "h" -> Optional.of(HELP);
            case "V" -> Optional.of(VERSION);
            case "nodes" -> Optional.of(NODE);
            default ->
                Arrays.stream(values()).filter(flag -> flag.word.equals(name)).findFirst();
        };
    }

    /** The flag that an environment variable sets, whose name without prefix is {@code name}: {@code CLIENT_CERT}. */
    public static Optional<Flag> ofVariable(String name) {
        String wanted = folded(name);
        return Arrays.stream(values())
                .filter(Flag::isInherited)
                .filter(flag ->
                        folded(flag.word).equals(wanted) || folded(flag.key()).equals(wanted))
                .findFirst();
    }

    /** True if the environment may set it too, and not the command line alone. */
    public boolean isInherited() {
        return this != HELP && this != VERSION && !group.isOfOneCommand();
    }

    /** {@code CLIENT_CAKEYS}, as confd writes it, is {@code CLIENT_CA_KEYS}. */
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }
}
