/**
 * The fault suite: what may go wrong around the built Segue, each fault against real servers, files and processes.
 *
 * <p>One class a group of faults. A test does the harm, then asserts the state of the world: the target is what the store
 * holds, the reading program was reloaded as often as needed and not more, the log says each change of state once, and
 * Segue is still there. Faults that belong to one room alone, or that were tested before this suite, are tested beside
 * that room and in {@code dev.segue.e2e}; the table in README.md names the test of each.
 */
@NullMarked
package dev.segue.faults;

import org.jspecify.annotations.NullMarked;
