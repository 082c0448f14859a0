package dev.segue.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that entries cannot be written and why, however many they are, and once that all are written again. */
final class WriteLog {
    private static final Logger LOG = LoggerFactory.getLogger(WriteLog.class);

    private final Map<Path, String> reasons = new HashMap<>();

    synchronized void failed(Path file, IOException cause) {
        String reason = Reason.of(cause);
        boolean known = reasons.containsValue(reason);
        reasons.put(file, reason);
        if (known) {
            LOG.debug("{}: still cannot be written: {}", file, reason);
        } else {
            LOG.warn("{}: cannot be written: {}; what is owed will be forgotten if Segue is killed", file, reason);
        }
    }

    synchronized void succeeded(Path file) {
        if (reasons.remove(file) != null && reasons.isEmpty()) {
            LOG.info("{}: is written again", file);
        }
    }

    /** {@code file} will not be written any more. */
    synchronized void forget(Path file) {
        reasons.remove(file);
    }
}
