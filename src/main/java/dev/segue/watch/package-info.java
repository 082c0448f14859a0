/**
 * Tells that something changed below a path, by the kernel's notifications, however the path leads there.
 *
 * <p>Imports the JDK alone. Each watcher has a thread of its own, which only says <em>that</em> something changed.
 *
 * <p><b>Why are links and folders on the way watched too?</b> The kernel notes what happens to a folder, not to a path, and
 * says nothing when another folder takes its place: when the folder is removed and made again, when a file is replaced by
 * a rename, when a link is pointed elsewhere, as Kubernetes does with a ConfigMap's {@code ..data}.
 */
@NullMarked
package dev.segue.watch;

import org.jspecify.annotations.NullMarked;
