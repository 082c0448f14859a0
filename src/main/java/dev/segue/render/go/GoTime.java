package dev.segue.render.go;

import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes times by Go's layouts, which show how 2 January 2006, 15:04:05 would look. */
public final class GoTime {
    /** Each before those that it begins with. */
    private static final List<String> PARTS = List.of(
            "January",
            "Jan",
            "Monday",
            "Mon",
            "MST",
            "2006",
            "__2",
            "_2006",
            "_2",
            "002",
            "01",
            "02",
            "03",
            "04",
            "05",
            "06",
            "15",
            "-07:00:00",
            "-070000",
            "-07:00",
            "-0700",
            "-07",
            "Z07:00:00",
            "Z070000",
            "Z07:00",
            "Z0700",
            "Z07",
            "PM",
            "pm",
            "1",
            "2",
            "3",
            "4",
            "5");

    private GoTime() {}

    /** {@code time} as {@code layout} shows it. */
    public static String format(ZonedDateTime time, String layout) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < layout.length()) {
            Optional<String> part = part(layout, at);
            if (part.isPresent()) {
                out.append(text(time, part.get()));
                at += part.get().length();
            } else {
                out.append(layout.charAt(at++));
            }
        }
        return out.toString();
    }

    private static Optional<String> part(String layout, int at) {
        int fraction = fraction(layout, at);
        if (fraction > 0) {
            return Optional.of(layout.substring(at, at + fraction));
        }
        return PARTS.stream()
                .filter(part -> layout.startsWith(part, at))
                .filter(part -> !isCutOff(part, layout, at))
                .findFirst();
    }

    /** Go does not take "Jan" out of "Janet". */
    private static boolean isCutOff(String part, String layout, int at) {
        int behind = at + part.length();
        boolean goesOn = behind < layout.length() && layout.charAt(behind) >= 'a' && layout.charAt(behind) <= 'z';
        return goesOn && (part.equals("Jan") || part.equals("Mon"));
    }

    /** How long the fraction of a second is that begins here: a point or comma and zeros, or nines, and no digit behind. */
    private static int fraction(String layout, int at) {
        boolean starts = (layout.charAt(at) == '.' || layout.charAt(at) == ',') && at + 1 < layout.length();
        char digit = starts ? layout.charAt(at + 1) : ' ';
        if (digit != '0' && digit != '9') {
            return 0;
        }
        int end = at + 1;
        while (end < layout.length() && layout.charAt(end) == digit) {
            end++;
        }
        boolean digitFollows = end < layout.length() && Character.isDigit(layout.charAt(end));
        return digitFollows ? 0 : end - at;
    }

    private static String text(ZonedDateTime time, String part) {
        return switch (part) {
            case "January" -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "Jan" ->
                time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH).substring(0, 3);
            case "Monday" -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "Mon" ->
                time.getDayOfWeek()
                        .getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                        .substring(0, 3);
            case "MST" ->
                time.getZone().getDisplayName(TextStyle.SHORT, Locale.ENGLISH).equals("Z")
                        ? "UTC"
                        : java.time.format.DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH)
                                .format(time);
            case "2006" -> padded(time.getYear(), 4, '0');
            case "_2006" -> "_" + padded(time.getYear(), 4, '0');
            case "06" -> padded(time.getYear() % 100, 2, '0');
            case "__2" -> padded(time.getDayOfYear(), 3, ' ');
            case "002" -> padded(time.getDayOfYear(), 3, '0');
            case "_2" -> padded(time.getDayOfMonth(), 2, ' ');
            case "01" -> padded(time.getMonthValue(), 2, '0');
            case "02" -> padded(time.getDayOfMonth(), 2, '0');
            case "03" -> padded(twelve(time), 2, '0');
            case "04" -> padded(time.getMinute(), 2, '0');
            case "05" -> padded(time.getSecond(), 2, '0');
            case "15" -> padded(time.getHour(), 2, '0');
            case "PM" -> time.getHour() < 12 ? "AM" : "PM";
            case "pm" -> time.getHour() < 12 ? "am" : "pm";
            case "1" -> String.valueOf(time.getMonthValue());
            case "2" -> String.valueOf(time.getDayOfMonth());
            case "3" -> String.valueOf(twelve(time));
            case "4" -> String.valueOf(time.getMinute());
            case "5" -> String.valueOf(time.getSecond());
            default -> part.startsWith(".") || part.startsWith(",") ? fraction(time, part) : offset(time, part);
        };
    }

    private static int twelve(ZonedDateTime time) {
        return time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
    }

    private static String fraction(ZonedDateTime time, String part) {
        String digits = padded(time.getNano(), 9, '0');
        String shown = digits.substring(0, Math.min(part.length() - 1, digits.length()));
        String stripped = part.endsWith("9") ? shown.replaceFirst("0+$", "") : shown;
        return stripped.isEmpty() ? "" : part.charAt(0) + stripped;
    }

    private static String offset(ZonedDateTime time, String part) {
        int seconds = time.getOffset().getTotalSeconds();
        if (part.startsWith("Z") && seconds == 0) {
            return "Z";
        }
        String colon = part.contains(":") ? ":" : "";
        int places = part.replaceAll("[^0-9]", "").length() / 2;
        int positive = Math.abs(seconds);
        StringBuilder text = new StringBuilder(seconds < 0 ? "-" : "+").append(padded(positive / 3600, 2, '0'));
        if (places > 1) {
            text.append(colon).append(padded(positive / 60 % 60, 2, '0'));
        }
        if (places > 2) {
            text.append(colon).append(padded(positive % 60, 2, '0'));
        }
        return text.toString();
    }

    private static String padded(int number, int width, char fill) {
        String digits = String.valueOf(number);
        return String.valueOf(fill).repeat(Math.max(0, width - digits.length())) + digits;
    }
}
