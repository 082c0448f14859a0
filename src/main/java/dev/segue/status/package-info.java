/**
 * The latest picture of every resource, for whoever asks.
 *
 * <p>Imports {@code plan}. One thread publishes, any thread reads; a picture is immutable and replaced as a whole. It
 * holds no value of a key, no rendered text and no credential.
 */
@NullMarked
package dev.segue.status;

import org.jspecify.annotations.NullMarked;
