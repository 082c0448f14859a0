package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.cli.flags.Flag;
import dev.segue.cli.flags.FlagGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class HelpScreenTest {
    private static final int SCREEN_WIDTH = 80;
    private static final int SCREEN_HEIGHT = 24;

    @ParameterizedTest
    @EnumSource(Command.class)
    void of_anyCommand_fitsTheWidthAndAGroupAScreen(Command command) {
        String help = HelpScreen.of(command);

        assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(SCREEN_WIDTH));
        assertThat(parts(help)).allSatisfy(part -> assertThat(part.lines()).hasSizeLessThanOrEqualTo(SCREEN_HEIGHT));
    }

    @ParameterizedTest
    @EnumSource(Command.class)
    void of_anyCommand_namesEachOfItsFlagsOnceAndNoOther(Command command) {
        List<String> options = HelpScreen.of(command)
                .lines()
                .filter(line -> line.startsWith("      --"))
                .map(line -> line.strip().split(" ", 2)[0])
                .toList();

        assertThat(options)
                .containsExactlyInAnyOrderElementsOf(
                        command.flags().stream().map(Flag::option).toList());
    }

    @Test
    void of_run_goesFromUsageThroughTheGroupsToExitCodes() {
        String help = HelpScreen.of(Command.RUN);

        assertThat(help)
                .startsWith("""
                        Keeps configuration files in step with etcd and reloads their programs.

                        Usage
                          segue [run] [OPTIONS] [ETCD_URL...] [-- COMMAND...]
                          segue plan [OPTIONS] [ETCD_URL...]
                          segue render TEMPLATE --data FILE
                          segue convert CONFDIR [--out DIR]
                          segue status [GROUP] [OPTIONS]
                          segue wait --group GROUP (--revision NUMBER | --key KEY) [OPTIONS]
                          segue switch --group GROUP [--put KEY=VALUE]... [--delete KEY]... [OPTIONS]
                          segue register --key KEY --value VALUE --probe URL [OPTIONS] [-- COMMAND...]
                          segue help [COMMAND]
                        """)
                .containsSubsequence(Arrays.stream(FlagGroup.values())
                        .filter(group -> !group.isOfOneCommand())
                        .map(group -> "\n\n" + group.heading() + "\n      --")
                        .toList())
                .contains("      --watch                  Act on", "      --interval TIME          Time between")
                .contains("  segue --watch etcd:2379 -- nginx -g \"daemon off;\"\n")
                .endsWith("""

                        Exit codes
                          0    done as asked; in plan: nothing would change
                          1    a resource failed (--onetime, plan)
                          2    the command line is wrong; in plan: something would change
                          3    environment, configuration file or confdir is wrong
                          4    the store could not be read (--onetime, plan)
                          70   a bug in Segue
                        """);
    }

    @Test
    void of_render_isAScreen() {
        assertThat(HelpScreen.of(Command.RENDER)).isEqualTo("""
                Renders one template from a file of keys, without a store.

                Usage
                  segue render TEMPLATE --data FILE [--confdir DIR]

                For writing templates. TEMPLATE is a file of the confdir's templates/, or any
                other file; the result goes to standard output.

                What to render
                      --data FILE          Keys and values, YAML, JSON or TOML.

                Configuration
                      --confdir DIR        Folder with segue.toml, conf.d/*.toml and templates/
                                             (/etc/segue if it is there, else /etc/confd).
                      --config-file FILE   Flags in TOML (DIR/segue.toml if it is there, else
                                             DIR/confd.toml).

                Logging and help
                      --log-level LEVEL    error, warn, info, debug or trace; confd's other
                                             names work too. Default: info.
                      --version            Print version, commit and Java version.
                      --help               Print this.

                Examples
                  segue render nginx-upstream.conf.ftl --data keys.yaml
                  segue render ./new.conf.ftl --data keys.json
                """);
    }

    @Test
    void of_wait_goesFromUsageThroughItsOwnFlagsToExitCodes() {
        assertThat(HelpScreen.of(Command.WAIT)).startsWith("""
                        Waits until all daemons of a group have applied a change.

                        Usage
                          segue wait --group GROUP (--revision NUMBER | --key KEY) [--drained]
                                     [--members NUMBER] [--timeout TIME] [OPTIONS] [ETCD_URL...]
                        """).contains("""

                        Cutover
                              --group GROUP            Those that run with --acknowledge GROUP.
                              --revision NUMBER        Wait for all that the store held at this
                                                         revision of it.
                              --key KEY                Wait for this key as it is now.
                              --drained                And until no worker of before serves any
                                                         request; else until none takes new connections.
                              --members NUMBER         So many must be there. Default: 1.
                              --timeout TIME           How long they may take; in a switch, for the
                                                         puts and for the deletes. Default: 30s.

                        Configuration
                              --confdir DIR""").endsWith("""

                        Exit codes
                          0    done as asked
                          1    not all members have applied it
                          2    the command line is wrong
                          3    environment or configuration file is wrong
                          4    the store could not be read or written
                          70   a bug in Segue
                        """);
    }

    @Test
    void of_flagWithTwoMeanings_saysTheCommandsOwn() {
        assertThat(HelpScreen.of(Command.RUN)).contains("--watch                  Act on a change at once.");
        assertThat(HelpScreen.of(Command.STATUS)).contains("""

                Cutover
                      --watch                  Print the table again at each change, until you
                                                 stop it.
                      --json                   Print JSON, for programs.

                Configuration
                """);
    }

    @Test
    void of_register_saysWhatItsFlagsDoThere() {
        assertThat(HelpScreen.of(Command.REGISTER)).contains("""

                        Cutover
                              --group GROUP            Those that must have dropped it: they run with
                                                         --acknowledge GROUP.
                              --key KEY                The server's key, its own alone.
                              --value VALUE            What the key shall hold: where the server is,
                                                         such as 10.0.0.2:8080.
                              --probe URL              The server is well if this answers: an http or
                                                         https URL, or tcp://HOST:PORT. May be repeated.
                              --probe-interval TIME    Time between an answer and the next question.
                                                         Default: 1s.
                              --rise NUMBER            Good answers in a row that put the key. Default:
                                                         2.
                              --fall NUMBER            Bad ones in a row that take it out. Default: 3.
                              --ttl TIME               How long the key outlives a Segue that was
                                                         killed. Default: 10s.
                        """);
    }

    @Test
    void of_switch_showsItsExamplesAsAShellTakesThem() {
        assertThat(HelpScreen.of(Command.SWITCH)).contains("""
                          segue switch --group web --probe http://10.0.0.2:8080/health \\
                            --put /app/upstream/py2=10.0.0.2:8080 \\
                            --delete /app/upstream/py1 etcd:2379
                        """);
    }

    @Test
    void of_status_namesNoExitCodeThatNeverComes() {
        assertThat(HelpScreen.of(Command.STATUS)).endsWith("""

                        Exit codes
                          0    done as asked
                          2    the command line is wrong
                          3    environment or configuration file is wrong
                          4    the store could not be read or written
                          70   a bug in Segue
                        """);
    }

    /** What the README says of the command line is all of it. */
    @Test
    void readme_commandLine_namesEachFlag() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String section =
                readme.substring(readme.indexOf("\n## Command line\n"), readme.indexOf("\n## Resource files\n"));

        assertThat(Flag.values())
                .allSatisfy(flag ->
                        assertThat(section).contains("`" + (flag.option() + " " + flag.placeholder()).strip() + "`"));
    }

    /** What stands between one heading and the next. */
    private static List<String> parts(String help) {
        return List.of(help.split("\n\n(?=[A-Z][^\n]*\n {2})", -1));
    }
}
