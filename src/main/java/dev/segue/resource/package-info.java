/**
 * What one file of {@code conf.d} asks for, from its text to a {@link dev.segue.resource.Resource}, or all that is wrong
 * with it, by file, line and key.
 *
 * <p>Imports {@code keys}, {@code settings} and {@code toml}. Parsing is pure; any thread may use it.
 */
@NullMarked
package dev.segue.resource;

import org.jspecify.annotations.NullMarked;
