package dev.segue.render;

import dev.segue.render.functions.Deadline;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;

/** Collects what a template prints, within limits. Used by one thread. */
final class Output extends Writer {
    private static final int WRITES_BETWEEN_LOOKS_AT_THE_TIME = 32;

    private final StringBuilder text = new StringBuilder();
    private final int mostCharacters;
    private final Deadline deadline;
    private int writes;

    Output(int mostCharacters, Deadline deadline) {
        this.mostCharacters = mostCharacters;
        this.deadline = deadline;
    }

    String text() {
        return text.toString();
    }

    @Override
    public void write(char[] buffer, int offset, int length) throws IOException {
        check(length);
        text.append(buffer, offset, length);
    }

    @Override
    public void write(String string, int offset, int length) throws IOException {
        check(length);
        text.append(string, offset, offset + length);
    }

    private void check(int more) throws LimitException {
        if (text.length() + (long) more > mostCharacters) {
            throw new LimitException("the output is longer than " + mostCharacters + " characters");
        }
        if (writes++ % WRITES_BETWEEN_LOOKS_AT_THE_TIME != 0) {
            return;
        }
        Optional<String> late = deadline.passed();
        if (late.isPresent()) {
            throw new LimitException(late.get());
        }
    }

    @Override
    public void flush() {
        // Nothing to pass on.
    }

    @Override
    public void close() {
        // Nothing to release.
    }

    /** A template went beyond its limits. */
    static final class LimitException extends IOException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        LimitException(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
