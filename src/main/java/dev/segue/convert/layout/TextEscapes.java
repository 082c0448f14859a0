package dev.segue.convert.layout;

/** Writes text so that FreeMarker prints it as it is. */
final class TextEscapes {
    private TextEscapes() {}

    /** {@code text}, which holds no line end, with everything wrapped that would be a tag or an interpolation. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("${", at)) {
                at = interpolation(text, at, out);
            } else if (text.charAt(at) == '\r') {
                // Alone it would end a line.
                out.append("${\"\\r\"}");
                at++;
            } else if (isTag(text, at)) {
                out.append("${\"<\"}");
                at++;
            } else {
                out.append(text.charAt(at++));
            }
        }
        return out.toString();
    }

    /** {@code ${host}} as {@code ${r"${host}"}}. */
    private static int interpolation(String text, int at, StringBuilder out) {
        int close = text.indexOf('}', at);
        int end = close < 0 || text.substring(at, close).indexOf('"') >= 0 ? at + 2 : close + 1;
        out.append("${r\"").append(text, at, end).append("\"}");
        return end;
    }

    private static boolean isTag(String text, int at) {
        return text.startsWith("<#", at)
                || text.startsWith("</#", at)
                || text.startsWith("<@", at)
                || text.startsWith("</@", at);
    }

    /** True if FreeMarker takes {@code text} for white space. */
    static boolean isBlank(String text) {
        return text.chars().allMatch(c -> c <= ' ' || Character.isWhitespace(c));
    }
}
