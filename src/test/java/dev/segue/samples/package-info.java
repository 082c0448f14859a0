/**
 * Tests of the samples and scripts that come with Segue, each run as a user runs it, on the real programs.
 */
@NullMarked
package dev.segue.samples;

import org.jspecify.annotations.NullMarked;
