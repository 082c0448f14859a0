package dev.segue.cli;

import dev.segue.cli.flags.Flag;
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
        if (command == Command.RUN || command == Command.PLAN) {
            usage.exitCodeListHeading("%nExit codes%n").exitCodeList(exitCodes());
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

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "done as asked; in plan: nothing would change");
        codes.put("1", "a resource failed (--onetime, plan)");
        codes.put("2", "the command line is wrong; in plan: something would change");
        codes.put("3", "environment, configuration file or confdir is wrong");
        codes.put("4", "the store could not be read (--onetime, plan)");
        codes.put("70", "a bug in Segue");
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
