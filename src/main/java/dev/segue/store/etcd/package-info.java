/**
 * etcd as a key store: reads at one revision that cost what changed, watches that never go deaf unnoticed, transactions
 * that are never made twice, and keys that live as long as we do.
 *
 * <p>Imports {@code keys}, {@code settings}, {@code store} and jetcd with the gRPC and Netty below it; no other room sees
 * their types. One thread reads or commits; gRPC's threads only mark that something happened. A leased key has a thread of its
 * own.
 *
 * <p><b>Why a channel of our own below jetcd?</b> jetcd builds its channel from few options. Its interceptors may carry
 * a call over any other channel, and so jetcd's own stays idle and never connects. Ours takes IPv6 hosts, checks the
 * certificate against the node's own name, and runs on an event loop that we own: one that is not shut down costs 300 ms
 * at the end of the JVM, which waits that long for a thread that sits in {@code select}.
 *
 * <p><b>Why is a connection thrown away when it is lost, rather than mended?</b> gRPC waits longer and longer before it
 * connects again, jetcd may resume a watch behind events that it never delivered, and a store that was wiped and filled
 * again meanwhile can show the same cluster and a higher revision. A new connection starts with a full read and new
 * watches: all three are gone, for the price of one full read after an outage.
 *
 * <p><b>Why one node at a time?</b> Each node is a connection of its own, and the next one is tried when it fails. An
 * error then names its node, and a node that hangs costs one time limit rather than every second request.
 *
 * <p><b>Why a read before each commit?</b> A commit that failed may have been made, so it must not go to a second node. The
 * read, one round trip, finds the node that answers; what is left is a connection that breaks within the next one.
 *
 * <p><b>Why not jetcd's own keep-alive of leases?</b> It grants no other lease when one is gone, its beats have no deadline,
 * and its timers run twice a second for ever. One renewal at a time has a deadline and an answer.
 *
 * <p><b>Why does a claimed key look before each write, and why does it not simply end its lease to be gone?</b> A put goes over
 * whatever is there. And an ended lease does not say at which revision its key went, which is what others wait for.
 */
@NullMarked
package dev.segue.store.etcd;

import org.jspecify.annotations.NullMarked;
