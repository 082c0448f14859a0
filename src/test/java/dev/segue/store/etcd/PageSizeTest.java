package dev.segue.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PageSizeTest {
    private final PageSize size = new PageSize();

    @Test
    void shrink_halves_downToOneKeyAtATime() {
        assertThat(size.shrink()).isTrue();
        assertThat(size.keys()).isEqualTo(5_000);
        assertThat(size.operations()).isEqualTo(64);

        int steps = 0;
        while (size.shrink()) {
            steps++;
        }
        assertThat(steps).isEqualTo(12);
        assertThat(size.keys()).isEqualTo(1);
        assertThat(size.operations()).isEqualTo(1);
    }

    @Test
    void shrinkForTime_stopsWhereAPageIsSmallAnyway() {
        for (int i = 0; i < 20; i++) {
            size.shrinkForTime();
        }

        assertThat(size.keys()).isEqualTo(500);
        assertThat(size.operations()).isEqualTo(128);
    }
}
