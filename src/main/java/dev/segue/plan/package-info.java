/**
 * Decisions: what a difference means, which step comes next, how an attempt ended, when to try again.
 *
 * <p>Imports {@code settings}. Pure: no clock, no file, no logger, no thread, so each decision is a
 * table in a test.
 */
@NullMarked
package dev.segue.plan;

import org.jspecify.annotations.NullMarked;
