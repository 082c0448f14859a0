package dev.segue.testing;

import java.nio.file.Path;

/** One running etcd, however it is run; {@link EtcdServer} speaks to it. All methods wait until the deed is done. */
interface EtcdProcess extends AutoCloseable {
    /** Starts it on its port, with the data that it had when it last ran; answers may take a moment more. */
    void start();

    /** Ends it in order (SIGTERM). */
    void stop();

    /** Ends it at once (SIGKILL). */
    void kill();

    /** Holds it still; its connections stay open and nothing answers. */
    void pause();

    /** Lets it go on after {@link #pause}. */
    void resume();

    /** Forgets all data; only while it is not running. */
    void wipe();

    /** Keeps all data as it is now in {@code file}, which must not be there yet; only while it is running. */
    void save(Path file);

    /** Has the data of {@code file} and no other from now on; only while it is not running. */
    void restore(Path file);

    /** Its last words, for a test that fails. */
    String log();

    /** Ends it and leaves nothing behind. */
    @Override
    void close();
}
