package dev.segue.journal;

import dev.segue.plan.KeptFile;
import dev.segue.plan.Owed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** An entry as the bytes of its file: lines for people, the checksum, an empty line, the previous file's bytes as they are. */
final class JournalFile {
    /** No entry is longer: the longest target and far more than its lines need. */
    static final long LARGEST_BYTES = (16L << 20) + (1L << 20);

    private static final String VERSION = "1";
    private static final String COMMENT = """
            # What Segue knows of one target file. It writes this itself, and does not believe what others have edited.
            # This may be deleted while Segue is stopped; a reload that is owed is then forgotten.
            # The previous file, if it is kept, follows the empty line as it was.
            """;
    private static final String CHECKSUM = "checksum = ";
    private static final Pattern PREVIOUS =
            Pattern.compile("(\\d{1,9}) bytes, mode ([0-7]{4}), uid (\\d+), gid (\\d+)");
    private static final Pattern REJECTED = Pattern.compile("([^,]+), (\\d{1,9}) times?");

    private JournalFile() {}

    static byte[] encode(Path target, JournalEntry entry) {
        StringBuilder lines = new StringBuilder(COMMENT);
        line(lines, "version", VERSION);
        line(lines, "target", LineText.escape(target.toString()));
        line(lines, "resource", LineText.escape(entry.resource()));
        line(lines, "owed", entry.owed().name().toLowerCase(Locale.ROOT));
        line(lines, "installed", entry.installed());
        line(lines, "revision", String.valueOf(entry.revision()));
        entry.previous().ifPresent(file -> line(lines, "previous", words(file)));
        entry.rejected().ifPresent(rejected -> line(lines, "rejected", words(rejected)));

        byte[] body = entry.previous().flatMap(KeptFile::bytes).orElse(new byte[0]);
        String checksum = checksum(bytes(lines), body);
        lines.append(CHECKSUM).append(checksum).append("\n\n");
        return joined(bytes(lines), body);
    }

    /** @throws DamagedEntryException if {@code file} is not, to the last bit, what {@link #encode} made for this target */
    static JournalEntry decode(Path target, byte[] file) throws DamagedEntryException {
        int head = endOfHead(file);
        byte[] body = Arrays.copyOfRange(file, Math.min(head + 1, file.length), file.length);
        String text = new String(file, 0, head, StandardCharsets.UTF_8);
        Map<String, String> values = values(text);
        // Before all else, so that what a later version writes is called by its name.
        String version = values.getOrDefault("version", VERSION);
        if (!version.equals(VERSION)) {
            throw new DamagedEntryException(
                    "its version is " + LineText.escape(version) + ", this Segue knows " + VERSION);
        }
        if (head == file.length) {
            throw new DamagedEntryException("it is cut short");
        }
        int lastLine = Math.max(text.lastIndexOf(CHECKSUM), 0);
        String checksum = checksum(bytes(text.substring(0, lastLine)), body);
        if (!text.substring(lastLine).equals(CHECKSUM + checksum + "\n")) {
            throw new DamagedEntryException("its checksum does not match, so it was cut short or edited");
        }
        if (!required(values, "target").equals(LineText.escape(target.toString()))) {
            throw new DamagedEntryException("it is about " + required(values, "target"));
        }
        try {
            return entry(values, body);
        } catch (IllegalArgumentException e) {
            throw new DamagedEntryException("it is not understood: " + e.getMessage());
        }
    }

    private static JournalEntry entry(Map<String, String> values, byte[] body) throws DamagedEntryException {
        return new JournalEntry(
                LineText.unescape(required(values, "resource")),
                Owed.valueOf(required(values, "owed").toUpperCase(Locale.ROOT)),
                required(values, "installed"),
                Long.parseLong(required(values, "revision")),
                Optional.ofNullable(values.get("previous")).map(words -> previous(words, body)),
                Optional.ofNullable(values.get("rejected")).map(JournalFile::rejected));
    }

    private static String words(KeptFile file) {
        return file.bytes()
                .map(bytes -> bytes.length + " bytes, mode " + octal(file.mode()) + ", uid "
                        + Integer.toUnsignedString(file.uid()) + ", gid " + Integer.toUnsignedString(file.gid()))
                .orElse("absent");
    }

    private static String octal(int mode) {
        String digits = Integer.toOctalString(mode);
        return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
    }

    private static KeptFile previous(String words, byte[] body) {
        if (words.equals("absent")) {
            return KeptFile.ABSENT;
        }
        Matcher parts = PREVIOUS.matcher(words);
        if (!parts.matches() || Integer.parseInt(parts.group(1)) != body.length) {
            throw new IllegalArgumentException("previous = " + LineText.escape(words));
        }
        return KeptFile.of(
                body,
                Integer.parseInt(parts.group(2), 8),
                Integer.parseUnsignedInt(parts.group(3)),
                Integer.parseUnsignedInt(parts.group(4)));
    }

    private static String words(JournalEntry.Rejected rejected) {
        return rejected.digest() + ", " + rejected.times() + (rejected.times() == 1 ? " time" : " times");
    }

    private static JournalEntry.Rejected rejected(String words) {
        Matcher parts = REJECTED.matcher(words);
        if (!parts.matches()) {
            throw new IllegalArgumentException("rejected = " + LineText.escape(words));
        }
        return new JournalEntry.Rejected(parts.group(1), Integer.parseInt(parts.group(2)));
    }

    /** Where the empty line is; the end if there is none. */
    private static int endOfHead(byte[] file) {
        for (int i = 1; i < file.length; i++) {
            if (file[i] == '\n' && file[i - 1] == '\n') {
                return i;
            }
        }
        return file.length;
    }

    private static Map<String, String> values(String head) {
        Map<String, String> values = new HashMap<>();
        head.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" = ", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> values.put(parts[0], parts[1]));
        return values;
    }

    private static String required(Map<String, String> values, String key) throws DamagedEntryException {
        String value = values.get(key);
        if (value == null) {
            throw new DamagedEntryException("it does not say \"" + key + "\"");
        }
        return value;
    }

    private static void line(StringBuilder lines, String key, String value) {
        lines.append(key).append(" = ").append(value).append('\n');
    }

    /** Against damage, not against forgery, for which one has to be Segue's own user: a digest would take 100 times as long. */
    private static String checksum(byte[] head, byte[] body) {
        CRC32C sum = new CRC32C();
        sum.update(head);
        sum.update(body);
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    private static byte[] bytes(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] head, byte[] body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(head.length + body.length);
        all.writeBytes(head);
        all.writeBytes(body);
        return all.toByteArray();
    }
}
