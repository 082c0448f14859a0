/**
 * What a run was told to do, checked, and how bad input is collected and shown all at once.
 *
 * <p>Imports the JDK alone. All values; any thread may use them.
 */
@NullMarked
package dev.segue.settings;

import org.jspecify.annotations.NullMarked;
