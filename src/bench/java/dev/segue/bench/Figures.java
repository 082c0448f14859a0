package dev.segue.bench;

import java.util.Locale;

/** Numbers as people read them: three digits that count. */
final class Figures {
    private Figures() {}

    static String of(double value) {
        double size = Math.abs(value);
        String format = size >= 100 || value == Math.rint(value)
                ? "%.0f"
                : size >= 10 ? "%.1f" : size >= 0.01 ? "%.2f" : "%.4f";
        return String.format(Locale.ROOT, format, value);
    }
}
