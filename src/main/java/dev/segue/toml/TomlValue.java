package dev.segue.toml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * One value of a document that holds any keys; prints without the value.
 *
 * @param path the names of the tables above and its own, or for an array's element its number from 0
 * @param line where it stands, or the table or array around it
 * @param text the value: a number in decimal digits, a date or time as TOML writes it
 */
public record TomlValue(List<String> path, int line, String text) {
    public TomlValue {
        path = List.copyOf(path);
    }

    /** All below {@code table}, in the order of the file; {@code lines} tells the line in the file of a position. */
    static List<TomlValue> of(TomlTable table, ToIntFunction<TomlPosition> lines) {
        List<TomlValue> values = new ArrayList<>();
        collect(table, List.of(), lines, values);
        return values;
    }

    private static void collect(
            TomlTable table, List<String> path, ToIntFunction<TomlPosition> lines, List<TomlValue> values) {
        for (String key : table.keySet()) {
            TomlPosition position = table.inputPositionOf(List.of(key));
            collect(table.get(List.of(key)), position, with(path, key), lines, values);
        }
    }

    private static void collect(
            @Nullable Object value,
            @Nullable TomlPosition position,
            List<String> path,
            ToIntFunction<TomlPosition> lines,
            List<TomlValue> values) {
        if (value instanceof TomlTable table) {
            collect(table, path, lines, values);
        } else if (value instanceof TomlArray array) {
            for (int i = 0; i < array.size(); i++) {
                collect(array.get(i), array.inputPositionOf(i), with(path, String.valueOf(i)), lines, values);
            }
        } else {
            values.add(new TomlValue(path, position == null ? 1 : lines.applyAsInt(position), text(value)));
        }
    }

    private static List<String> with(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private static String text(@Nullable Object value) {
        return value instanceof Double number && Double.isFinite(number)
                ? BigDecimal.valueOf(number).toPlainString()
                : String.valueOf(value);
    }

    @Override
    public String toString() {
        return String.join(".", path);
    }
}
