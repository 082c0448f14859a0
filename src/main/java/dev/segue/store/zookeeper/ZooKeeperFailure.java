package dev.segue.store.zookeeper;

import dev.segue.store.StoreException.Kind;
import org.jspecify.annotations.Nullable;

/** A request to ZooKeeper that failed: why, in words for a person, without the servers' names. */
final class ZooKeeperFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    ZooKeeperFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
