package dev.segue.render.text;

import java.util.Set;

/** Reads numbers and truth values as Go's {@code strconv} does. */
public final class GoNumbers {
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    private GoNumbers() {}

    /** A whole number of 64 bits in decimal digits, with or without a sign. */
    public static long integer(String text) throws BadTextException {
        if (!text.matches("[+-]?[0-9]+")) {
            throw new BadTextException("not a whole number (digits, a + or - may stand before them)");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new BadTextException(
                    "out of range (whole numbers go from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE + ")");
        }
    }

    public static boolean truth(String text) throws BadTextException {
        if (!TRUE.contains(text) && !FALSE.contains(text)) {
            throw new BadTextException("not a truth value (1 t T true TRUE True or 0 f F false FALSE False)");
        }
        return TRUE.contains(text);
    }
}
