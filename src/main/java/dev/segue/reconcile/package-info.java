/**
 * Brings the running programs into step: what is due when, one pass of one lane, and the loop that waits.
 *
 * <p>Imports the effect rooms ({@code store}, {@code render}, {@code files}, {@code command}, {@code diff}), {@code plan}
 * and {@code status}. This is the only room that sees them together.
 *
 * <p><b>Threads.</b> The loop's own thread reads the store and decides; a lane's pass runs on a small pool, one pass of
 * a lane at a time, so a hung command holds back its own lane and nothing else. Everybody else only leaves a mark.
 *
 * <p><b>Why level-based?</b> A mark says <em>that</em> something may have changed, never <em>what</em>. Each pass looks
 * at the whole truth again, so marks that are lost, doubled or out of order do no harm.
 */
@NullMarked
package dev.segue.reconcile;

import org.jspecify.annotations.NullMarked;
