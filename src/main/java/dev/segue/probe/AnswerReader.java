package dev.segue.probe;

import dev.segue.probe.Answer.Answered;
import dev.segue.probe.Answer.Silent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes an answer to a question in HTTP/1.0 apart (RFC 9112, without what HTTP/1.1 adds to 1.0). */
final class AnswerReader {
    /** The connection ended before the answer did. */
    static final String CUT_OFF = "the connection was closed before the answer was whole";

    private static final int MOST_BYTES = 64 << 10;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.\\d (\\d{3})(?: [^\n]*)?\r?\n");
    private static final Pattern LENGTH = Pattern.compile("(?i)\ncontent-length:[ \t]*(\\d{1,18})[ \t]*\r?\n");
    private static final Pattern CHUNKED = Pattern.compile("(?i)\ntransfer-encoding:");
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private AnswerReader() {}

    /** Blocks until the answer is whole, is longer than anybody needs to know, or the connection ends. */
    static Answer read(InputStream in) throws IOException {
        Optional<String> head = head(in);
        if (head.isEmpty()) {
            return new Silent(CUT_OFF);
        }
        Matcher status = STATUS_LINE.matcher(head.get());
        if (!status.lookingAt() || CHUNKED.matcher(head.get()).find()) {
            return new Silent("its answer is not HTTP/1.0");
        }
        int code = Integer.parseInt(status.group(1));
        long length = code == NO_CONTENT || code == NOT_MODIFIED ? 0 : length(head.get());
        byte[] body = in.readNBytes((int) Math.min(length, MOST_BYTES));
        if (length != Long.MAX_VALUE && body.length < Math.min(length, MOST_BYTES)) {
            return new Silent(CUT_OFF);
        }
        return new Answered(code, head.get().substring(status.end()), new String(body, StandardCharsets.UTF_8));
    }

    /** Up to and with the empty line, or as much as a head may have; empty if the connection ended before. */
    private static Optional<String> head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int lineLength = 0;
        while (head.size() < MOST_BYTES) {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            head.write(next);
            if (next == '\n') {
                if (lineLength == 0) {
                    break;
                }
                lineLength = 0;
            } else if (next != '\r') {
                lineLength++;
            }
        }
        return Optional.of(head.toString(StandardCharsets.ISO_8859_1));
    }

    /** Without a length the body ends with the connection. */
    private static long length(String head) {
        Matcher length = LENGTH.matcher(head);
        return length.find() ? Long.parseLong(length.group(1)) : Long.MAX_VALUE;
    }
}
