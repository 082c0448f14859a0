package dev.segue.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ProcessStatTest {
    @ParameterizedTest
    @CsvSource({"nginx, S, false", "a) Z (b, R, false", "(sd-pam), Z, true", "x, X, true"})
    void parse_anyName_findsStateAndStart(String name, char state, boolean zombie) {
        ProcessStat stat = ProcessStat.parse("4711 (" + name + ") " + state
                + " 1 4711 4711 0 -1 4194560 5 0 0 0 1 2 3 4 20 0 1 0 987654 8192 100 18446744073709551615 1 1\n");

        assertThat(stat).isEqualTo(new ProcessStat(state, 987654));
        assertThat(stat.isZombie()).isEqualTo(zombie);
    }

    @Test
    void of_noSuchProcess_isEmpty() {
        assertThat(ProcessStat.of(Long.MAX_VALUE)).isEmpty();
        assertThat(ProcessStat.of(ProcessHandle.current().pid())).isPresent();
    }
}
