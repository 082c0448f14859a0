package dev.segue.render.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.keys.KeyEntry;
import dev.segue.render.text.BadTextException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class KnownEndpointsTest {
    private final KnownEndpoints known = new KnownEndpoints();

    @Test
    void of_sameEntryAgain_isTheSameObject() throws Exception {
        assertThat(known.of(new KeyEntry("/a", "h:80"))).isSameAs(known.of(new KeyEntry("/a", "h:80")));
    }

    @Test
    void of_otherValueOrKey_isAnotherEndpoint() throws Exception {
        known.of(new KeyEntry("/a", "h:80"));

        assertThat(known.of(new KeyEntry("/a", "h:81")).port()).isEqualTo(81);
        assertThat(known.of(new KeyEntry("/b", "h:80")).key()).isEqualTo("/b");
    }

    @Test
    void of_badEntry_failsEachTime() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> known.of(new KeyEntry("/a", "none"))).isInstanceOf(BadTextException.class);
        }
    }

    @Test
    void trim_moreThanTwiceWhatIsRead_forgetsAll() throws Exception {
        for (int i = 0; i < 1_200; i++) {
            known.of(new KeyEntry("/a", "h:" + (i + 1)));
        }
        KeyEntry entry = new KeyEntry("/a", "h:1");
        Object before = known.of(entry);

        known.trim(100);
        assertThat(known.of(entry)).isSameAs(before);
        known.trim(99);
        assertThat(known.of(entry)).isEqualTo(before).isNotSameAs(before);
    }
}
