/**
 * Brings the running programs into step: what is due when, one pass of one lane, and the loop that waits.
 *
 * <p>Imports the effect rooms ({@code store}, {@code render}, {@code files}, {@code command}, {@code journal}, {@code
 * probe}, {@code diff}), {@code plan} and {@code status}. This is the only room that sees them together.
 *
 * <p><b>Threads.</b> The loop's own thread reads the run's store and decides; a lane's pass runs on a small pool, one pass of
 * a lane at a time, so a hung command holds back its own lane and nothing else. Everybody else only leaves a mark.
 *
 * <p><b>Why are other stores read on threads of their own?</b> What the run is about is in its own store, and most passes begin
 * with a fresh read of it. A store that one resource file names may hang for as long as it likes without keeping the rest: its
 * answer comes in like the end of a pass. {@code Stores} reads, {@code Readings} remembers, {@code Elsewhere} opens and closes.
 *
 * <p><b>Why level-based?</b> A mark says <em>that</em> something may have changed, never <em>what</em>. Each pass looks
 * at the whole truth again, so marks that are lost, doubled or out of order do no harm.
 *
 * <p><b>A pass, top down.</b> {@code Loop} waits and starts what {@code Agenda} finds due; {@code Reconciler} has {@code
 * Preparation} bring each resource to a checked, staged file and {@code Delivery} bring all of them to their programs and
 * back again if they are refused. {@code Installer} is the only one that touches targets, and writes each step into the
 * journal first; {@code Programs} and {@code Verifier} tell the programs and ask them.
 *
 * <p><b>Why is a culprit found by going back?</b> A reload that fails says nothing about whose fault it is. If the program
 * takes the previous files, one of the new ones was to blame, and each is tried alone; if it does not, none was.
 */
@NullMarked
package dev.segue.reconcile;

import org.jspecify.annotations.NullMarked;
