/**
 * What Go's templates do with values, to the letter: print, compare, index, escape, read JSON.
 *
 * <p>For templates that {@code segue convert} wrote: they print the same bytes as confd did, whatever lies in the store.
 * Pure, on plain values: text, {@link java.lang.Long}, {@link java.lang.Double}, truth values, lists, maps sorted by key,
 * {@link dev.segue.keys.KeyEntry} for Go's {@code KVPair}, and null for {@code nil}. Imports {@code keys} and {@code
 * render.text}, never FreeMarker. Any thread may use it.
 *
 * <p><b>Which Go?</b> 1.19, whose own output the tests hold this room to.
 */
@NullMarked
package dev.segue.render.go;

import org.jspecify.annotations.NullMarked;
