/**
 * What Segue installed and what it still owes, kept across restarts and kill -9 in the state directory.
 *
 * <p>Imports {@code plan}.
 */
@NullMarked
package dev.segue.journal;

import org.jspecify.annotations.NullMarked;
