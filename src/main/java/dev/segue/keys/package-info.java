/**
 * What a store holds, as values: paths, ranges, entries and a snapshot of them at one revision.
 *
 * <p>Imports the JDK alone. Everything here is immutable and free of effects; any thread may use it.
 *
 * <p><b>Why text and not bytes?</b> Templates work on text, yet a value must land in the file byte for byte. {@link
 * dev.segue.keys.ByteText} maps every byte sequence to text and back without loss, so a snapshot holds text and nothing
 * is ever lost on the way.
 */
@NullMarked
package dev.segue.keys;

import org.jspecify.annotations.NullMarked;
