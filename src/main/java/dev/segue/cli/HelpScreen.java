package dev.segue.cli;

import dev.segue.cli.flags.Flag;
import dev.segue.settings.ExitCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.IParamLabelRenderer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Prints what a command does and takes, at most 80 columns wide, without colours. */
final class HelpScreen {
    private static final int WIDTH = 80;
    private static final int FLAG_WIDTH = 26;
    private static final String NEVER = "";

    private HelpScreen() {}

    static String of(Command command) {
        CommandSpec model = CommandModel.of(command);
        UsageMessageSpec usage = model.usageMessage();
        usage.width(WIDTH)
                .longOptionsMaxWidth(FLAG_WIDTH)
                .header(literal(command.summary()))
                .synopsisHeading("%nUsage%n")
                .customSynopsis(literal(command.synopsis().indent(2).stripTrailing()))
                .descriptionHeading("%n")
                .description(literal(command.description()))
                .footerHeading("%nExamples%n")
                .footer(literal(command.examples().indent(2).stripTrailing()));
        Map<String, String> exitCodes = exitCodes(command);
        if (!exitCodes.isEmpty()) {
            usage.exitCodeListHeading("%nExit codes%n").exitCodeList(exitCodes);
        }
        CommandLine help = new CommandLine(model).setHelpFactory(SwitchesWithoutValues::new);
        help.setHelpSectionKeys(List.of(
                UsageMessageSpec.SECTION_KEY_HEADER,
                UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
                UsageMessageSpec.SECTION_KEY_SYNOPSIS,
                UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING,
                UsageMessageSpec.SECTION_KEY_DESCRIPTION,
                UsageMessageSpec.SECTION_KEY_OPTION_LIST,
                UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
                UsageMessageSpec.SECTION_KEY_FOOTER,
                UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
                UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST));
        return help.getUsageMessage(Ansi.OFF);
    }

    private static Map<String, String> exitCodes(Command command) {
        return switch (command) {
            case RUN, PLAN ->
                exitCodes(
                        "done as asked; in plan: nothing would change",
                        "a resource failed (--onetime, plan)",
                        "the command line is wrong; in plan: something would change",
                        "environment, configuration file or confdir is wrong",
                        "the store could not be read (--onetime, plan)");
            case STATUS -> exitCodesOfCutover(NEVER);
            case WAIT -> exitCodesOfCutover("not all members have applied it");
            case SWITCH -> exitCodesOfCutover("it failed and was undone; or the old server may still be in use");
            case REGISTER ->
                exitCodes(
                        "without COMMAND: the server may be stopped",
                        "KEY holds another value; or, without COMMAND, not all have dropped it in time",
                        "the command line is wrong",
                        "environment or configuration file is wrong, or COMMAND cannot be started",
                        "without COMMAND: the store could not be reached in the end");
            case CONVERT ->
                exitCodes(
                        "done as asked",
                        "something is not carried over; it is marked in the new files",
                        "the command line is wrong",
                        "a folder or file can't be read or written, or another file is in the way");
            case RENDER, HELP -> Map.of();
        };
    }

    private static Map<String, String> exitCodesOfCutover(String failed) {
        return exitCodes(
                "done as asked",
                failed,
                "the command line is wrong",
                "environment or configuration file is wrong",
                "the store could not be read or written");
    }

    /** The first few codes from 0 on, less those that never come, and that of a bug. */
    private static Map<String, String> exitCodes(String... meanings) {
        Map<String, String> codes = new LinkedHashMap<>();
        for (int code = 0; code < meanings.length; code++) {
            if (!meanings[code].equals(NEVER)) {
                codes.put(String.valueOf(code), meanings[code]);
            }
        }
        codes.put(String.valueOf(ExitCode.BUG.code()), "a bug in Segue");
        return codes;
    }

    private static String[] literal(String text) {
        return text.replace("%", "%%").split("\n", -1);
    }

    /** In the model every option takes a value; to people a switch does not. */
    private static final class SwitchesWithoutValues extends Help {
        SwitchesWithoutValues(CommandSpec model, ColorScheme colors) {
            super(model, colors);
        }

        @Override
        public IParamLabelRenderer parameterLabelRenderer() {
            return new IParamLabelRenderer() {
                @Override
                public Ansi.Text renderParameterLabel(ArgSpec arg, Ansi ansi, List<Ansi.IStyle> styles) {
                    boolean isSwitch =
                            ((OptionSpec) arg).userObject() instanceof Flag flag && flag.kind() == Flag.Kind.SWITCH;
                    return ansi.text(isSwitch ? "" : " " + arg.paramLabel());
                }

                @Override
                public String separator() {
                    return "";
                }
            };
        }
    }
}
