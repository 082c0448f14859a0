/**
 * Where keys come from, and where our own few go: an interface for each way of use, one sub-package for each kind of store.
 *
 * <p>Imports {@code keys} and {@code settings}, and for files {@code keyfile} and {@code watch}; each sub-package alone knows
 * its client library, and is loaded only when its store is asked for. A store is read by one
 * thread at a time; what its library's own threads report is passed on as "something may have changed" and nothing
 * more, because a pass always looks at the whole truth again.
 */
@NullMarked
package dev.segue.store;

import org.jspecify.annotations.NullMarked;
