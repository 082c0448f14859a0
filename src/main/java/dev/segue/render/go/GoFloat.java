package dev.segue.render.go;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Writes floating-point numbers as Go's {@code strconv} does. */
public final class GoFloat {
    /** As few digits as tell the number from its neighbours. */
    static final int SHORTEST = -1;

    private static final int MOST_DIGITS = 17;
    private static final int GENERAL_SMALLEST_EXPONENT = -4;
    private static final int GENERAL_SHORTEST_PRECISION = 6;

    private GoFloat() {}

    /** As Go prints a {@code float64}: {@code 80}, {@code 0.5}, {@code 1e+06}. */
    public static String text(double number) {
        return text(number, 'g', SHORTEST);
    }

    /**
     * In one of Go's formats.
     *
     * @param format {@code e}, {@code f} or {@code g}
     * @param precision digits behind the point, of {@code g} all digits; or {@link #SHORTEST}
     */
    static String text(double number, char format, int precision) {
        String sign = Double.doubleToRawLongBits(number) < 0 ? "-" : "";
        BigDecimal exact = new BigDecimal(Math.abs(number));
        boolean shortest = precision == SHORTEST;
        BigDecimal value = shortest ? shortest(exact, Math.abs(number)) : exact;
        return sign
                + switch (format) {
                    case 'e' -> scientific(value, shortest ? digits(value) - 1 : precision);
                    case 'f' ->
                        fixed(
                                value,
                                shortest ? Math.max(value.stripTrailingZeros().scale(), 0) : precision);
                    default -> general(value, precision);
                };
    }

    private static BigDecimal shortest(BigDecimal exact, double number) {
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == number) {
                return rounded;
            }
        }
        return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN));
    }

    private static String general(BigDecimal value, int precision) {
        boolean shortest = precision == SHORTEST;
        int most = Math.max(precision, 1);
        BigDecimal rounded = shortest ? value : value.round(new MathContext(most, RoundingMode.HALF_EVEN));
        int digits = digits(rounded);
        int exponent = exponent(rounded);
        int limit = shortest ? GENERAL_SHORTEST_PRECISION : most;
        if (!shortest && limit > digits && digits >= exponent + 1) {
            limit = digits;
        }
        // With few digits asked for, Go still writes whole numbers of up to that many digits in full.
        return exponent < GENERAL_SMALLEST_EXPONENT || exponent >= Math.max(limit, shortest ? limit : 1)
                ? scientific(rounded, digits - 1)
                : fixed(rounded, Math.max(digits - exponent - 1, 0));
    }

    private static String fixed(BigDecimal value, int precision) {
        return value.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String scientific(BigDecimal value, int precision) {
        BigDecimal rounded = value.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = exponent(rounded);
        String mantissa = fixed(rounded.scaleByPowerOfTen(-exponent), precision);
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    private static int digits(BigDecimal value) {
        return value.signum() == 0 ? 1 : value.stripTrailingZeros().precision();
    }

    /** Of the first digit. */
    private static int exponent(BigDecimal value) {
        return value.signum() == 0 ? 0 : value.precision() - value.scale() - 1;
    }
}
