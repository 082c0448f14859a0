package dev.segue.journal;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of files that are being written: {@code .new-PID-LIFE-NUMBER}.
 *
 * <p>LIFE is drawn by each journal for itself: in a container the next Segue has the same pid as the one that was killed.
 */
final class TemporaryNames {
    private static final Pattern NAME = Pattern.compile("\\.new-(\\d{1,10})-([0-9a-f]{8})-\\d+");

    private final String life;
    private final long pid;
    private final AtomicLong last = new AtomicLong();

    private TemporaryNames(long pid, String life) {
        this.pid = pid;
        this.life = life;
    }

    static TemporaryNames ofThisProcess() {
        String life = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        return new TemporaryNames(ProcessHandle.current().pid(), life);
    }

    String next() {
        return ".new-" + pid + "-" + life + "-" + last.incrementAndGet();
    }

    /** Deletes what dead processes have left in {@code folder}, as far as that is allowed. */
    void removeLeftovers(Path folder) {
        Stream.ofNullable(folder.toFile().listFiles((parent, name) -> isLeftover(name)))
                .flatMap(Stream::of)
                .forEach(file -> file.delete());
    }

    private boolean isLeftover(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return false;
        }
        long maker = Long.parseLong(parts.group(1));
        return maker == pid
                ? !life.equals(parts.group(2))
                : ProcessHandle.of(maker).isEmpty();
    }
}
