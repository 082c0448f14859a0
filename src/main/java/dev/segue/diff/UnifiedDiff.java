package dev.segue.diff;

import dev.segue.diff.Hunks.Line;
import dev.segue.keys.ByteText;
import dev.segue.keys.PrintableText;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The difference between a target and what it should hold, as {@code diff -u} shows it. */
public final class UnifiedDiff {
    private static final Pattern AFTER_NEWLINE = Pattern.compile("(?<=\n)");

    /** As git tells binary from text. */
    private static final int LOOKED_AT_FOR_NUL_BYTES = 8000;

    private final String oldName;
    private final Optional<byte[]> before;
    private final String newName;
    private final byte[] after;
    private final Optional<SecretMask> mask;

    private UnifiedDiff(
            String oldName, Optional<byte[]> before, String newName, byte[] after, Optional<SecretMask> mask) {
        this.oldName = oldName;
        this.before = before;
        this.newName = newName;
        this.after = after;
        this.mask = mask;
    }

    /** Whether the reader's terminal shows colours. */
    public enum Colour {
        PLAIN,
        /** Removed lines red, added ones green, places cyan. */
        ANSI
    }

    /** The way from {@code before}, empty for a file that is not there, to {@code after}. */
    public static UnifiedDiff between(String oldName, Optional<byte[]> before, String newName, byte[] after) {
        return new UnifiedDiff(oldName, before.map(byte[]::clone), newName, after.clone(), Optional.empty());
    }

    /**
     * The same for readers who must not see {@code secrets}: in what is added or kept, they and their parts are {@code
     * ****}; what is removed is {@code ****} altogether, for the old secrets are not known. So this is to be asked for
     * wherever there may be secrets, also when there are none now.
     */
    public UnifiedDiff masking(Collection<String> secrets) {
        return new UnifiedDiff(oldName, before, newName, after, Optional.of(new SecretMask(secrets)));
    }

    /** True if there is no difference. */
    public boolean isEmpty() {
        return before.isPresent() && Arrays.equals(before.get(), after);
    }

    /** The whole text, its last line ended; empty if there is no difference. Nothing in it steers a terminal but colour. */
    public String text(Colour colour) {
        if (isEmpty()) {
            return "";
        }
        byte[] old = before.orElse(new byte[0]);
        String from = before.isPresent() ? PrintableText.escape(oldName) : "/dev/null";
        String to = PrintableText.escape(newName);
        if (isBinary(old) || isBinary(after)) {
            return "Binary files " + from + " and " + to + " differ\n";
        }
        return "--- " + from + "\n+++ " + to + "\n"
                + lines(old).map(line -> paint(line, colour) + "\n").collect(Collectors.joining());
    }

    private Stream<Line> lines(byte[] old) {
        List<String> oldLines = lines(ByteText.decode(old));
        String newText = ByteText.decode(after);
        UnaryOperator<String> oldShown = line -> mask.isEmpty() ? line : "****\n";
        String newShown = mask.map(secrets -> secrets.apply(newText)).orElse(newText);
        return Hunks.of(
                LineMatch.between(oldLines, lines(newText)),
                oldLines.stream().map(oldShown).toList(),
                lines(newShown))
                .stream();
    }

    /** Each line with its newline, so that a last line without one is another line. */
    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : AFTER_NEWLINE.splitAsStream(text).toList();
    }

    private static boolean isBinary(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, LOOKED_AT_FOR_NUL_BYTES); i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static String paint(Line line, Colour colour) {
        String text = line.kind().mark + PrintableText.escape(line.text());
        if (colour == Colour.PLAIN) {
            return text;
        }
        return switch (line.kind()) {
            case REMOVED -> "\u001b[31m" + text + "\u001b[0m";
            case ADDED -> "\u001b[32m" + text + "\u001b[0m";
            case HUNK -> "\u001b[36m" + text + "\u001b[0m";
            case KEPT, NOTE -> text;
        };
    }

    @Override
    public String toString() {
        return oldName + " -> " + newName;
    }
}
