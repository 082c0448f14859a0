package dev.segue.toml;

import dev.segue.settings.ProblemsException;
import java.util.List;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Changes one value in the text of a TOML file and leaves all else as it is: comments, order, white space. */
public final class TomlText {
    private TomlText() {}

    /**
     * {@code text} with another string as the value of a key.
     *
     * @param name the file as problems name it
     * @param key in any spelling of case, {@code -} and {@code _}
     * @return nothing if there is no string at that key
     * @throws ProblemsException if the text is not TOML
     */
    public static Optional<String> withString(String name, String text, String table, String key, String value)
            throws ProblemsException {
        Optional<String> old =
                TomlDocument.parse(name, text).root().table(table).flatMap(it -> it.text(key));
        if (old.isEmpty()) {
            return Optional.empty();
        }
        TomlSource source = new TomlSource(text, Integer.MAX_VALUE);
        TomlParseResult parsed = Toml.parse(source.dense());
        TomlTable within = parsed.getTable(List.of(spelling(parsed, table)));
        TomlPosition position = within.inputPositionOf(List.of(spelling(within, key)));
        int start = startOfValue(text, index(text, source.line(position.line()), position.column()));
        int end = endOfString(text, start);
        String changed = text.substring(0, start) + quoted(value, text.charAt(start)) + text.substring(end);
        // Rather none than a file in which something else has changed.
        Optional<String> now =
                TomlDocument.parse(name, changed).root().table(table).flatMap(it -> it.text(key));
        return now.filter(value::equals).map(same -> changed);
    }

    private static String spelling(TomlTable table, String key) {
        return table.keySet().stream()
                .filter(it -> dev.segue.toml.TomlTable.isSameKey(it, key))
                .findFirst()
                .orElseThrow();
    }

    private static int index(String text, int wanted, int column) {
        int start = 0;
        for (int line = 1; line < wanted; line++) {
            start = text.indexOf('\n', start) + 1;
        }
        return start + column - 1;
    }

    /** Behind the equals sign of the key at {@code at}, which may stand in quotes. */
    private static int startOfValue(String text, int at) {
        int i = at;
        while (text.charAt(i) != '=') {
            i = text.charAt(i) == '"' || text.charAt(i) == '\'' ? endOfString(text, i) : i + 1;
        }
        i++;
        while (text.charAt(i) == ' ' || text.charAt(i) == '\t') {
            i++;
        }
        return i;
    }

    private static int endOfString(String text, int start) {
        char quote = text.charAt(start);
        String quotes = String.valueOf(quote).repeat(3);
        String close = text.startsWith(quotes, start) ? quotes : String.valueOf(quote);
        int i = start + close.length();
        while (!text.startsWith(close, i)) {
            i += quote == '"' && text.charAt(i) == '\\' ? 2 : 1;
        }
        return i + close.length();
    }

    private static String quoted(String value, char quote) {
        boolean literal = quote == '\'' && value.indexOf('\'') < 0;
        return literal ? "'" + value + "'" : "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
