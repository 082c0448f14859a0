package dev.segue.cli;

import dev.segue.cli.flags.LogLevel;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sets up the log: one line on standard error for each thing worth knowing, {@code 2026-11-23T05:28:23Z INFO message}.
 *
 * <p>The libraries' own loggers are silent at every level: what they know of a failure reaches our messages as the
 * cause, and at a low level they would print what the store holds.
 */
final class Logging {
    private static final String SIMPLE = "org.slf4j.simpleLogger.";

    /** Kept, because the JDK forgets the level of a logger that nobody refers to. */
    private static final Logger GRPC = Logger.getLogger("io.grpc");

    private Logging() {}

    /** Must run before anything asks for its first logger; later it has no effect. */
    static void start(LogLevel level) {
        set("defaultLogLevel", level.name().toLowerCase(Locale.ROOT));
        set("showDateTime", "true");
        set("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ssXXX");
        set("showThreadName", "false");
        set("showLogName", "false");
        set("showShortLogName", "false");
        set("levelInBrackets", "false");
        set("logFile", "System.err");
        set("log.io.etcd", "off");
        set("log.io.grpc", "off");
        set("log.io.netty", "off");
        set("log.io.vertx", "off");
        set("log.org.apache.curator", "off");
        set("log.org.apache.zookeeper", "off");
        set("log.redis.clients", "off");
        System.setProperty("org.freemarker.loggerLibrary", "none");
        GRPC.setLevel(Level.OFF);
    }

    private static void set(String name, String value) {
        System.setProperty(SIMPLE + name, value);
    }
}
