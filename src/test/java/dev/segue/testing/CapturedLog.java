package dev.segue.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is logged until it is closed, a string a line, without the logger's name. */
public final class CapturedLog implements AutoCloseable {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public CapturedLog() {
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    /** Each as {@code LEVEL message}. */
    public List<String> lines() {
        return lines(bytes.toString(StandardCharsets.UTF_8));
    }

    /** The same of {@code log}. */
    public static List<String> lines(String log) {
        return log.lines()
                .map(line -> line.replaceFirst("^.*?(WARN|INFO|ERROR) dev\\.segue\\.[\\w.]+ - ", "$1 "))
                .toList();
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
