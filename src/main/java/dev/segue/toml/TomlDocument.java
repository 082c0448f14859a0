package dev.segue.toml;

import dev.segue.settings.Problem;
import dev.segue.settings.ProblemsException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/** One TOML file: its tables, and what was found wrong while they were read. */
public final class TomlDocument {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** With these Segue's usual heap of 256 MiB is in no danger; 100 000 keys with their values are fine. */
    private static final int MOST_MARKS = 250_000;

    private static final Pattern LINE = Pattern.compile("\\bline (\\d+)");

    private final String name;
    private final TomlSource source;
    private final org.tomlj.TomlTable content;
    private final TomlTable root;
    private final List<Found> found = new ArrayList<>();

    private TomlDocument(String name, TomlSource source, org.tomlj.TomlTable root) {
        this.name = name;
        this.source = source;
        this.content = root;
        this.root = new TomlTable(this, root, 1);
    }

    /**
     * The document that {@code text} means.
     *
     * @param name the file as problems name it: {@code conf.d/nginx.toml}
     * @throws ProblemsException if it is not TOML: one problem for each line that is wrong, with line and column; or is more
     *     than the memory is for
     */
    public static TomlDocument parse(String name, String text) throws ProblemsException {
        TomlSource source = new TomlSource(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text, MOST_MARKS);
        if (source.lineOfTooMany() > 0) {
            throw new ProblemsException(List.of(new Problem(
                    name + ":" + source.lineOfTooMany(),
                    "too much for TOML: more than " + MOST_MARKS + " names, values and lines up to here")));
        }
        TomlParseResult result = Toml.parse(source.dense());
        if (result.hasErrors()) {
            throw new ProblemsException(syntaxErrors(name, source, result.errors()));
        }
        return new TomlDocument(name, source, result);
    }

    /** The keys and tables at the top of the file. */
    public TomlTable root() {
        return root;
    }

    /** Every value of the file, whatever the keys. */
    public List<TomlValue> values() {
        return TomlValue.of(content, this::lineOf);
    }

    /** A place in this file, as problems name it: {@code conf.d/nginx.toml:5}. */
    public String where(int line) {
        return name + ":" + line;
    }

    /** Returns if nothing was found wrong so far. */
    public void throwIfAny() throws ProblemsException {
        if (!found.isEmpty()) {
            throw failure();
        }
    }

    /** All that was found wrong so far, from the file's top to its end. */
    public ProblemsException failure() {
        return new ProblemsException(found.stream()
                .sorted(Comparator.comparingInt(Found::line))
                .map(Found::problem)
                .toList());
    }

    int lineOf(TomlPosition position) {
        return source.line(position.line());
    }

    void add(int line, String what) {
        found.add(new Found(line, new Problem(where(line), what)));
    }

    /** The first error of each line: what follows on one line is mostly the first one's echo. */
    private static List<Problem> syntaxErrors(String name, TomlSource source, List<TomlParseError> errors) {
        List<Problem> problems = new ArrayList<>();
        Set<Integer> lines = new HashSet<>();
        for (TomlParseError error : errors) {
            int line = source.line(error.position().line());
            if (lines.add(line)) {
                String where = name + ":" + line + ":" + error.position().column();
                problems.add(new Problem(where, reason(withLines(source, String.valueOf(error.getMessage())))));
            }
        }
        return problems;
    }

    private static String withLines(TomlSource source, String message) {
        return LINE.matcher(message).replaceAll(match -> "line " + source.line(Integer.parseInt(match.group(1))));
    }

    private static String reason(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        String reason = Character.toLowerCase(line.charAt(0)) + line.substring(1);
        boolean bareText = (reason.startsWith("unexpected '") && reason.endsWith("expected a value"))
                || reason.startsWith("leading zeros");
        return bareText ? reason + " (text goes in double quotes)" : reason;
    }

    private record Found(int line, Problem problem) {}
}
