package dev.segue.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.settings.Membership;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupKeysTest {
    @Test
    void of_oneMember_isBelowItsGroup() {
        Membership membership = new Membership("web", "web-1.example");
        assertThat(GroupKeys.of(membership)).isEqualTo("/segue/web/web-1.example");
        assertThat(GroupKeys.member("/segue/web/web-1.example")).contains(membership);
        assertThat(GroupKeys.of(Optional.of("web")).holds(GroupKeys.of(membership)))
                .isTrue();
        assertThat(GroupKeys.of(Optional.empty()).holds(GroupKeys.of(membership)))
                .isTrue();
        assertThat(GroupKeys.of(Optional.of("we")).holds(GroupKeys.of(membership)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/segue", "/segue/web", "/segue/web/a/b", "/other/web/a", "segue/web/a"})
    void member_anotherKey_isNobody(String key) {
        assertThat(GroupKeys.member(key)).isEmpty();
    }
}
