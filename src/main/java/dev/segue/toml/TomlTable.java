package dev.segue.toml;

import dev.segue.settings.InvalidValueException;
import dev.segue.settings.NearestWord;
import dev.segue.settings.ValueParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;

/**
 * One table of a document, read key by key.
 *
 * <p>A key with a value of the wrong type is a problem of the document, and then as good as missing.
 */
public final class TomlTable {
    private static final int SHOWN_LENGTH = 40;

    private final TomlDocument document;
    private final org.tomlj.TomlTable table;
    private final int line;
    private final Map<String, String> written = new HashMap<>();
    private final Map<String, String> known = new LinkedHashMap<>();

    TomlTable(TomlDocument document, org.tomlj.TomlTable table, int line) {
        this.document = document;
        this.table = table;
        this.line = line;
        table.keySet().forEach(key -> written.putIfAbsent(folded(key), key));
    }

    /** A table within this one. */
    public Optional<TomlTable> table(String key) {
        return value(key, org.tomlj.TomlTable.class, "a table").map(inner -> new TomlTable(document, inner, line(key)));
    }

    /** The tables within this one, by their names as they are written, in the order of the file. */
    public Map<String, TomlTable> tables() {
        Map<String, TomlTable> tables = new LinkedHashMap<>();
        table.keySet().stream()
                .filter(key -> raw(key) instanceof org.tomlj.TomlTable)
                .sorted(Comparator.comparingInt(this::lineOf))
                .forEach(key -> table(key).ifPresent(inner -> tables.put(key, inner)));
        return tables;
    }

    /** True if it holds anything but tables. */
    public boolean hasValues() {
        return table.keySet().stream().anyMatch(key -> !(raw(key) instanceof org.tomlj.TomlTable));
    }

    public Optional<String> text(String key) {
        return text(key, "");
    }

    /** As {@link #text(String)}; the problem of a wrong type ends with {@code hint}. */
    public Optional<String> text(String key, String hint) {
        return value(key, String.class, "a string", hint);
    }

    /** A string that no problem quotes, not even one of a wrong type. */
    public Optional<String> secret(String key) {
        Object value = asked(key);
        if (value == null || value instanceof String) {
            return Optional.ofNullable((String) value);
        }
        problem(key, key + " must be a string, not " + typeName(value));
        return Optional.empty();
    }

    /** A string, or an integer as its digits: for values that make sense both ways, like a number of seconds. */
    public Optional<String> textOrInteger(String key) {
        return asked(key) instanceof Long number
                ? Optional.of(number.toString())
                : value(key, String.class, "a string or an integer");
    }

    public Optional<Boolean> bool(String key) {
        return value(key, Boolean.class, "true or false");
    }

    /** An integer from {@code min} to {@code max}, both included. */
    public Optional<Long> integer(String key, long min, long max) {
        Optional<Long> number = value(key, Long.class, "an integer");
        if (number.isPresent() && (number.get() < min || number.get() > max)) {
            problem(key, key + " must be between " + min + " and " + max + ", not " + number.get());
            return Optional.empty();
        }
        return number;
    }

    /** An array of strings; empty too if one of its elements is none. */
    public Optional<List<String>> texts(String key) {
        return value(key, TomlArray.class, "an array of strings").flatMap(array -> texts(key, array));
    }

    /** What {@code parser} makes of a string or an integer; what it refuses is a problem. */
    public <T> Optional<T> parsed(String key, ValueParser<T> parser) {
        return textOrInteger(key).flatMap(text -> parsed(key, text, parser));
    }

    /** What {@code parser} makes of {@code text}, which came from {@code key}; what it refuses is a problem. */
    public <T> Optional<T> parsed(String key, String text, ValueParser<T> parser) {
        try {
            return Optional.of(parser.parse(text));
        } catch (InvalidValueException e) {
            problem(key, key + " " + e.what());
            return Optional.empty();
        }
    }

    /** Notes that something is wrong, where {@code key} stands or, if it is missing, where this table starts. */
    public void problem(String key, String what) {
        document.add(line(key), what);
    }

    /** Where {@code key} stands, or this table if the key is missing: {@code conf.d/nginx.toml:5}. */
    public String where(String key) {
        return document.where(line(key));
    }

    public boolean has(String key) {
        return asked(key) != null;
    }

    /** Makes a problem of each of {@code keys} that is missing. */
    public void require(String... keys) {
        for (String key : keys) {
            if (!has(key)) {
                problem(key, key + " is missing");
            }
        }
    }

    /** Makes a problem of each key that nobody has asked for up to now, and of each that is there in two spellings. */
    public void refuseOthers() {
        for (String key : table.keySet()) {
            String first = written.getOrDefault(folded(key), key);
            if (!first.equals(key)) {
                document.add(lineOf(key), key + " was set before, as " + first);
            } else if (!known.containsKey(folded(key))) {
                document.add(lineOf(key), unknown(key));
            }
        }
    }

    private String unknown(String key) {
        String hint = NearestWord.hint(key.toLowerCase(Locale.ROOT), known.values());
        boolean table = raw(key) instanceof org.tomlj.TomlTable;
        return (table ? "unknown table [" + key + "]" : "unknown key \"" + key + "\"") + hint;
    }

    private Optional<List<String>> texts(String key, TomlArray array) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            if (array.get(i) instanceof String text) {
                texts.add(text);
            } else {
                document.add(
                        document.lineOf(array.inputPositionOf(i)),
                        key + " must hold strings only, not " + described(array.get(i)));
            }
        }
        return texts.size() == array.size() ? Optional.of(texts) : Optional.empty();
    }

    private <T> Optional<T> value(String key, Class<T> type, String typeName) {
        return value(key, type, typeName, "");
    }

    private <T> Optional<T> value(String key, Class<T> type, String typeName, String hint) {
        Object value = asked(key);
        if (value == null || type.isInstance(value)) {
            return Optional.ofNullable(value).map(type::cast);
        }
        problem(key, key + " must be " + typeName + ", not " + described(value) + hint);
        return Optional.empty();
    }

    private @Nullable Object asked(String key) {
        known.put(folded(key), key);
        return raw(key);
    }

    private @Nullable Object raw(String key) {
        String spelling = written.get(folded(key));
        return spelling == null ? null : table.get(List.of(spelling));
    }

    private int line(String key) {
        String spelling = written.get(folded(key));
        return spelling == null ? line : lineOf(spelling);
    }

    private int lineOf(String spelling) {
        TomlPosition position = table.inputPositionOf(List.of(spelling));
        return position == null ? line : document.lineOf(position);
    }

    /** True if both mean the same key, however they are spelt. */
    static boolean isSameKey(String a, String b) {
        return folded(a).equals(folded(b));
    }

    private static String folded(String key) {
        return key.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    private static String described(Object value) {
        if (value instanceof Boolean) {
            return value.toString();
        } else if (value instanceof TomlArray || value instanceof org.tomlj.TomlTable) {
            return typeName(value);
        } else if (value instanceof String text) {
            return typeName(value) + " (\"" + shown(text) + "\")";
        }
        return typeName(value) + " (" + value + ")";
    }

    private static String typeName(Object value) {
        if (value instanceof String) {
            return "a string";
        } else if (value instanceof Long) {
            return "an integer";
        } else if (value instanceof Double) {
            return "a number with a fraction";
        } else if (value instanceof Boolean) {
            return "true or false";
        } else if (value instanceof TomlArray) {
            return "an array";
        }
        return value instanceof org.tomlj.TomlTable ? "a table" : "a date or time";
    }

    private static String shown(String text) {
        return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "...";
    }
}
