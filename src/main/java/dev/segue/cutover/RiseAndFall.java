package dev.segue.cutover;

/**
 * Decides whether a server counts as well, by what it answered last: as in HAProxy, several answers in a row are needed to
 * change that.
 */
final class RiseAndFall {
    private final int rise;
    private final int fall;
    private int good;
    private int bad;
    private Standing standing = Standing.UNKNOWN;

    /** How the server counts. */
    enum Standing {
        UNKNOWN,
        WELL,
        UNWELL
    }

    /**
     * Of a server that was not asked yet.
     *
     * @param rise so many good answers in a row make it well
     * @param fall so many bad ones make it unwell
     */
    RiseAndFall(int rise, int fall) {
        this.rise = rise;
        this.fall = fall;
    }

    /** Takes one more answer, and says how the server counts now. */
    Standing after(boolean isGood) {
        good = isGood ? Math.min(good + 1, rise) : 0;
        bad = isGood ? 0 : Math.min(bad + 1, fall);
        if (good == rise) {
            standing = Standing.WELL;
        } else if (bad == fall) {
            standing = Standing.UNWELL;
        }
        return standing;
    }
}
