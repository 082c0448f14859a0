package dev.segue.settings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a length of time as people write it: {@code 30} (seconds), {@code 500ms}, {@code 10s}, {@code 1m30s}, {@code 1.5h}. */
public final class DurationText {
    /** Clocks count nanoseconds in 64 bits, which 292 years fill. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");
    private static final Pattern PART = Pattern.compile("(" + NUMBER + ")(ms|s|m|h)");
    private static final Pattern PARTS = Pattern.compile("(" + PART + ")+");

    private DurationText() {}

    /** Zero or more, to the nanosecond; zero means what the reader of the value says it means. */
    public static Duration parse(String text) throws InvalidValueException {
        if (NUMBER.matcher(text).matches()) {
            return nanos(text, Duration.ofSeconds(1));
        }
        if (!PARTS.matcher(text).matches()) {
            throw new InvalidValueException(
                    "\"" + text + "\" is not a length of time (seconds, or a number with a unit: 500ms, 10s, 2m, 1h)");
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            sum = sum.plus(nanos(part.group(1), unit(part.group(3))));
        }
        if (sum.compareTo(LONGEST) > 0) {
            throw new InvalidValueException("\"" + text + "\" is longer than a hundred years");
        }
        return sum;
    }

    /** As {@link #parse}, but zero is refused too. */
    public static Duration parsePositive(String text) throws InvalidValueException {
        Duration duration = parse(text);
        if (duration.isZero()) {
            throw new InvalidValueException("must be more than 0, not \"" + text + "\"");
        }
        return duration;
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            default -> Duration.ofHours(1);
        };
    }

    private static Duration nanos(String number, Duration unit) {
        BigDecimal nanos = new BigDecimal(number).multiply(BigDecimal.valueOf(unit.toNanos()));
        BigDecimal[] seconds = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000L));
        return Duration.ofSeconds(
                seconds[0].longValueExact(),
                seconds[1].setScale(0, RoundingMode.DOWN).longValueExact());
    }
}
