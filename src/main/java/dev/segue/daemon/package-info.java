/**
 * The composition root: builds every object by hand, starts them in order and stops them in reverse.
 *
 * <p>Imports everything but {@code cli}. Owns what no other room may touch: signals, the clock, threads, the supervised
 * child.
 */
@NullMarked
package dev.segue.daemon;

import org.jspecify.annotations.NullMarked;
