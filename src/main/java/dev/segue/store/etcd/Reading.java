package dev.segue.store.etcd;

import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;

/**
 * What was read last, and from which cluster: what the next read builds upon.
 *
 * @param clusterId etcd's own number for the cluster, the same on every member
 */
record Reading(KeyRanges ranges, long clusterId, KeySnapshot snapshot) {
    /** The same ranges of the same cluster, later. */
    Reading now(KeySnapshot later) {
        return new Reading(ranges, clusterId, later);
    }
}
