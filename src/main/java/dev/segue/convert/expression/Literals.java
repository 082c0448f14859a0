package dev.segue.convert.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Writes constants as FreeMarker does. */
final class Literals {
    private Literals() {}

    /** A text in quotes. */
    static String text(String text) {
        return "\"" + inside(text) + "\"";
    }

    /** What stands between the quotes. */
    static String inside(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '{' -> out.append(i > 0 && text.charAt(i - 1) == '$' ? "\\{" : "{");
                default -> out.append(c < ' ' ? "\\x" + HexFormat.of().toHexDigits(c) : String.valueOf(c));
            }
        }
        return out.toString();
    }

    /** A whole number of 64 bits as Go writes it: {@code 0x1F}, {@code 1_000}, {@code 1e3}; nothing if it is none. */
    static Optional<Long> integer(String go) {
        String digits = go.replace("_", "").toLowerCase(Locale.ROOT);
        String sign = digits.startsWith("-") ? "-" : "";
        String bare = digits.replaceFirst("^[+-]", "");
        try {
            if (bare.matches("0x[0-9a-f]+")) {
                return exact(new BigInteger(sign + bare.substring(2), 16));
            }
            if (bare.matches("0b[01]+")) {
                return exact(new BigInteger(sign + bare.substring(2), 2));
            }
            if (bare.matches("0o?[0-7]+")) {
                return exact(new BigInteger(sign + bare.replace("o", ""), 8));
            }
            return bare.matches("0x.*|0b.*|0o.*")
                    ? Optional.empty()
                    : exact(new BigDecimal(sign + bare).toBigIntegerExact());
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> exact(BigInteger number) {
        return Optional.of(number.longValueExact());
    }

    /** True if Go takes the constant for a {@code float64} where no type is asked for. */
    static boolean isFloat(String go) {
        return !go.matches("[+-]?0[xXbBoO].*") && go.matches(".*[.eE].*");
    }

    /** A number with a fraction, written so that it keeps a point; nothing if it is none. */
    static Optional<String> decimal(String go) {
        try {
            String plain = new BigDecimal(go.replace("_", "")).toPlainString();
            return Optional.of(plain.contains(".") ? plain : plain + ".0");
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
