/**
 * Redis as a key store.
 *
 * <p>Imports {@code keys}, {@code settings}, {@code store} and Jedis. One thread reads; the watch's only marks that something
 * happened.
 *
 * <p><b>Why a walk over all keys at each look?</b> Redis has no revisions and no order of keys, so it cannot say that nothing
 * changed, nor where a path begins. The walk is not of one moment; the values of what it found are, by a transaction.
 *
 * <p><b>Why is the watch confirmed before the read?</b> What changes before the confirmation is in the read, and what changes
 * after it is told. Redis keeps no news for who was away: so each new watch comes with a read.
 *
 * <p><b>Why is a read that finds unannounced news the end of a watch?</b> The server's events are sent once and may get lost
 * on a connection that died without a word. Then a new watch takes its place.
 */
@NullMarked
package dev.segue.store.redis;

import org.jspecify.annotations.NullMarked;
