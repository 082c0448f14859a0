/**
 * ZooKeeper as a key store.
 *
 * <p>Imports {@code keys}, {@code settings}, {@code store} and Apache Curator with the ZooKeeper client below it. One thread
 * reads; the client's event thread only notes which nodes changed.
 *
 * <p><b>Why are there watches even where nobody follows?</b> ZooKeeper gives a tree node by node. With a watch of the whole
 * tree, which tells each node that changes, a look costs one request, and a change the nodes that changed.
 *
 * <p><b>Why does each look begin with {@code sync}?</b> It brings the server that we ask up to date, and its answer comes
 * through the event thread, behind everything that changed before: so no news are on their way any more.
 *
 * <p><b>Why is a connection thrown away when it is lost, rather than mended?</b> The client would wait for the server that it
 * knew, and a server that was wiped turns it away for ever, as its own clock is behind. A new connection starts with a walk.
 *
 * <p><b>Why not Curator's cache?</b> It tells neither whether what it holds is up to date, nor that it could not be read.
 */
@NullMarked
package dev.segue.store.zookeeper;

import org.jspecify.annotations.NullMarked;
