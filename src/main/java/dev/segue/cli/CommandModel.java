package dev.segue.cli;

import dev.segue.cli.flags.Flag;
import dev.segue.cli.flags.FlagGroup;
import java.util.List;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Says to picocli what the help of a command shows, without annotations: there is one table of flags, and no reflection. */
final class CommandModel {
    private CommandModel() {}

    static CommandSpec of(Command command) {
        CommandSpec model = CommandSpec.create().name("segue");
        model.usageMessage().sortOptions(false);
        for (FlagGroup group : FlagGroup.values()) {
            List<Flag> flags = command.flags().stream()
                    .filter(flag -> command.group(flag) == group)
                    .toList();
            if (!flags.isEmpty()) {
                model.addArgGroup(group(group, flags, command));
            }
        }
        return model;
    }

    private static ArgGroupSpec group(FlagGroup group, List<Flag> flags, Command command) {
        ArgGroupSpec.Builder model =
                ArgGroupSpec.builder().exclusive(false).validate(false).heading("%n" + group.heading() + "%n");
        flags.forEach(flag -> model.addArg(option(flag.option())
                .userObject(flag)
                .paramLabel(flag.placeholder())
                .description(command.meaning(flag))
                .build()));
        return model.build();
    }

    private static OptionSpec.Builder option(String name) {
        return OptionSpec.builder(name).arity("1").type(List.class).auxiliaryTypes(String.class);
    }
}
