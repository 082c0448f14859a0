package dev.segue.daemon;

import static dev.segue.daemon.HeapKeeper.isDue;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HeapKeeperTest {
    private static final long MIB = 1 << 20;

    @Test
    void isDue_firstTime_asSoonAsThereIsSomeGarbageToExpect() {
        assertFalse(isDue(4 * MIB, 0));
        assertTrue(isDue(4 * MIB + 1, 0));
    }

    @Test
    void isDue_later_onceAsMuchMayBeGarbageAsIsInUse() {
        assertFalse(isDue(28 * MIB, 12 * MIB));
        assertTrue(isDue(28 * MIB + 1, 12 * MIB));
    }
}
