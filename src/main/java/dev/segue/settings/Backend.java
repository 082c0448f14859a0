package dev.segue.settings;

import java.nio.file.Path;
import java.util.List;

/** A kind of store, with what only that kind is told. */
public sealed interface Backend {
    /** etcd v3: the one kind that has revisions, transactions and leases. */
    record Etcd() implements Backend {}

    /** The environment of this process. */
    record Environment() implements Backend {}

    /**
     * Redis, at {@code redis://} nodes, or {@code rediss://} for TLS; a number behind the port is the database.
     *
     * @param separator what stands in Redis's names for the slash of keys; not empty
     */
    record Redis(String separator) implements Backend {}

    /**
     * Files of keys, and folders of them.
     *
     * @param paths at least one; of a key in several the last counts
     * @param filter a glob for the names of files in the folders
     */
    record KeyFiles(List<Path> paths, String filter) implements Backend {
        public KeyFiles {
            paths = List.copyOf(paths);
        }
    }

    /** ZooKeeper, 3.6 or newer, at {@code zk://} nodes. */
    record ZooKeeper() implements Backend {}
}
