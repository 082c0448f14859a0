package dev.segue.files;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of staged files: {@code .app.conf.segue-PID-LIFE-NUMBER}, hidden from {@code include conf.d/*}.
 *
 * <p>LIFE is drawn by each process for itself: in a container the next Segue has the same pid as the one that was killed.
 */
final class StagedNames {
    private static final Pattern ENDING = Pattern.compile("(\\d{1,10})-([0-9a-f]{8})-\\d+");

    private final long pid;
    private final String life;
    private final AtomicLong last = new AtomicLong();

    StagedNames(long pid, String life) {
        this.pid = pid;
        this.life = life;
    }

    static StagedNames ofThisProcess() {
        String life = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        return new StagedNames(ProcessHandle.current().pid(), life);
    }

    /** A name beside {@code target} that was not used before. */
    Path next(Path target) {
        return target.resolveSibling(beginning(target) + pid + "-" + life + "-" + last.incrementAndGet());
    }

    /** The name for the copy that {@code --keep-stage-file} leaves; no leftover, so it is kept until the next one. */
    static Path ofKeptCopy(Path target) {
        return target.resolveSibling(beginning(target) + "kept");
    }

    /** Deletes what dead processes have left beside {@code target}, as far as that is allowed, and names what is gone. */
    List<Path> removeLeftovers(Path target) {
        String[] names = Folders.of(target).toFile().list((folder, name) -> isLeftover(name, target));
        return Stream.ofNullable(names)
                .flatMap(Stream::of)
                .map(target::resolveSibling)
                .filter(path -> path.toFile().delete())
                .toList();
    }

    private boolean isLeftover(String name, Path target) {
        String beginning = beginning(target);
        if (!name.startsWith(beginning)) {
            return false;
        }
        Matcher ending = ENDING.matcher(name.substring(beginning.length()));
        if (!ending.matches()) {
            return false;
        }
        long maker = Long.parseLong(ending.group(1));
        return maker == pid
                ? !life.equals(ending.group(2))
                : ProcessHandle.of(maker).isEmpty();
    }

    private static String beginning(Path target) {
        return "." + target.getFileName() + ".segue-";
    }
}
