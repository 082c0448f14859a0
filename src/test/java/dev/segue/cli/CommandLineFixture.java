package dev.segue.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A confdir and an environment of their own, in which command lines are run, and what the last one printed. */
abstract class CommandLineFixture {
    static final String HINT = "segue: \"segue --help\" tells what is right\n";

    @TempDir
    Path confDir;

    final Map<String, String> environment = new HashMap<>();
    final RecordedProgram program = new RecordedProgram();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void nameConfDir() {
        environment.put("SEGUE_CONFDIR", confDir.toString());
    }

    /** Returns the exit code. */
    int run(String... args) {
        out.reset();
        err.reset();
        return new SegueCommandLine(stores -> program, environment, print(out), print(err)).run(args);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
