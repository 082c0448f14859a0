package dev.segue.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RiseAndFallTest {
    /** Answers, good or bad, and what the server counts as after each: unknown, well, unwell. */
    @ParameterizedTest
    @CsvSource({
        "gg, ?w",
        "gbg, ???",
        "gbgg, ???w",
        "bbb, ??u",
        "bbgbbb, ?????u",
        "ggbbb, ?wwwu",
        "ggbbgbbb, ?wwwwwwu",
        "bbbgg, ??uuw",
        "bbbgbgg, ??uuuuw",
        "ggggbbbb, ?wwwwwuu",
    })
    void after_twoGoodAndThreeBadInARow_changeHowItCounts(String answers, String standings) {
        RiseAndFall server = new RiseAndFall(2, 3);

        StringBuilder counted = new StringBuilder();
        answers.chars().forEach(answer -> counted.append(letter(server.after(answer == 'g'))));

        assertThat(counted).hasToString(standings);
    }

    @ParameterizedTest
    @CsvSource({"gbg, wuw", "bgb, uwu"})
    void after_oneInARow_isEnoughIfSaidSo(String answers, String standings) {
        RiseAndFall server = new RiseAndFall(1, 1);

        StringBuilder counted = new StringBuilder();
        answers.chars().forEach(answer -> counted.append(letter(server.after(answer == 'g'))));

        assertThat(counted).hasToString(standings);
    }

    private static char letter(RiseAndFall.Standing standing) {
        return switch (standing) {
            case UNKNOWN -> '?';
            case WELL -> 'w';
            case UNWELL -> 'u';
        };
    }
}
