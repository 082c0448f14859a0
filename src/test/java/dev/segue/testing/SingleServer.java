package dev.segue.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real server for each test, one process with a folder of its own; an extension for instance fields. */
abstract class SingleServer implements RealServer, BeforeEachCallback, AfterEachCallback {
    private final String name;
    private final String data;
    private @Nullable LocalProcess process;
    private Path folder = Path.of("");

    /** @param data the folder of its data within its own */
    SingleServer(String name, String data) {
        this.name = name;
        this.data = data;
    }

    /** The program and its arguments; skips the test where it is not installed. */
    abstract List<String> command(Path folder) throws IOException;

    /** True once it serves. */
    abstract boolean answers();

    @Override
    public final void start() {
        process().start();
    }

    @Override
    public final void kill() {
        process().kill();
    }

    @Override
    public final void pause() {
        process().signal("STOP");
    }

    @Override
    public final void resume() {
        process().signal("CONT");
    }

    @Override
    public final void wipe() {
        TempFolders.delete(folder.resolve(data));
        start();
    }

    @Override
    public final void beforeEach(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("segue-" + name + "-");
        process = new LocalProcess(folder, command(folder), this::answers);
        process.start();
    }

    @Override
    public final void afterEach(ExtensionContext context) {
        if (process != null) {
            process.close();
        }
    }

    private LocalProcess process() {
        if (process == null) {
            throw new IllegalStateException(name + " is not there: is the field annotated with @RegisterExtension?");
        }
        return process;
    }
}
