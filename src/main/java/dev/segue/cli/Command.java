package dev.segue.cli;

import dev.segue.cli.flags.Flag;
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
            segue help [COMMAND]""", """
            Each conf.d/*.toml names some keys, a template, a target file, and the command
            that reloads the program which reads it. When the keys change, the target is
            rendered, checked, replaced as a whole, and its program reloaded.

            ETCD_URL is http://HOST:2379, https://HOST:2379 or HOST:2379; several, or with
            commas. What follows -- is a program to start beside Segue and to stop with it;
            its exit code becomes Segue's.

            Flags may have one dash or two. Each can also come from the environment
            (--log-level as SEGUE_LOG_LEVEL) and from segue.toml (log_level = "debug");
            a flag wins over the environment, and that over the file.""", """
            segue http://etcd:2379
            segue --watch --confdir ./conf http://a:2379 http://b:2379 http://c:2379
            segue --onetime --noop etcd:2379
            segue --watch etcd:2379 -- nginx -g "daemon off;\""""),
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

    /** One line for each form. */
    String synopsis() {
        return synopsis;
    }

    String description() {
        return description;
    }

    /** One line for each. */
    String examples() {
        return examples;
    }

    /** The flags that it knows, in the order of the help. */
    Set<Flag> flags() {
        return switch (this) {
            case RUN, PLAN -> EnumSet.complementOf(EnumSet.of(Flag.DATA));
            case RENDER ->
                EnumSet.of(Flag.CONFDIR, Flag.CONFIG_FILE, Flag.LOG_LEVEL, Flag.DATA, Flag.VERSION, Flag.HELP);
            case HELP -> EnumSet.of(Flag.VERSION, Flag.HELP);
        };
    }
}
