/**
 * Real servers and their surroundings for tests: free ports, temporary folders, certificates.
 *
 * <p>Every server listens on the loopback alone, lives in a folder of its own and is ended by its pid.
 */
@NullMarked
package dev.segue.testing;

import org.jspecify.annotations.NullMarked;
