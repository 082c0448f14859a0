package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ArgumentsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-watch | --watch=true",
                "--watch | --watch=true",
                "-watch=false | --watch=false",
                "-interval 5 | --interval=5",
                "-interval=5 | --interval=5",
                "--interval -5 | --interval=-5",
                "-prefix -watch | --prefix=-watch",
                "-interval | --interval",
                "-node a:1 -node=b:2 c:3 | --node=a:1 --node=b:2 c:3",
                "-nodes a:1 | --node=a:1",
                "a:1 -watch b:2 -onetime | a:1 --watch=true b:2 --onetime=true",
                "-watch true | --watch=true true",
                "-password=a=b | --password=a=b",
                "-username @root | --username=@root",
                "-wacth x | --wacth x",
                "-separator : | --separator=:",
                "-h | --help=true",
                "-V | --version=true",
                "-5 | -5",
            })
    void of_anyDialect_isOneForm(String line, String words) {
        Arguments arguments = Arguments.of(List.of(line.split(" ", -1)));

        assertThat(String.join(" ", arguments.words())).isEqualTo(words);
        assertThat(arguments.command()).isEqualTo(Command.RUN);
        assertThat(arguments.child()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run a:1 | RUN | a:1",
                "plan | PLAN | ''",
                "plan a:1 plan | PLAN | a:1 plan",
                "-watch plan a:1 | PLAN | --watch=true a:1",
                "-prefix plan a:1 | RUN | --prefix=plan a:1",
                "a:1 plan | RUN | a:1 plan",
                "render a --data b | RENDER | a --data=b",
                "help plan | HELP | plan",
            })
    void of_firstWord_isTheCommandIfItNamesOne(String line, Command command, String words) {
        Arguments arguments = Arguments.of(List.of(line.split(" ", -1)));

        assertThat(arguments.command()).isEqualTo(command);
        assertThat(String.join(" ", arguments.words())).isEqualTo(words);
    }

    @Test
    void of_afterTwoDashes_isTheChildAsItStands() {
        Arguments arguments =
                Arguments.of(List.of("-watch", "a:1", "--", "nginx", "-g", "daemon off;", "--", "plan", "-watch"));

        assertThat(arguments.words()).containsExactly("--watch=true", "a:1");
        assertThat(arguments.child()).contains(List.of("nginx", "-g", "daemon off;", "--", "plan", "-watch"));
    }

    @Test
    void of_nothingAfterTwoDashes_isAnEmptyChild() {
        assertThat(Arguments.of(List.of("--")).child()).isEqualTo(Optional.of(List.of()));
    }
}
