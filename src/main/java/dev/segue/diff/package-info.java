/**
 * What would change in a target, as a text that people read: {@code diff -u}, safe for a terminal and without secrets.
 *
 * <p>Imports {@code keys} and java-diff-utils, which nobody else uses. Pure; any thread may use it.
 *
 * <p><b>What may a diff with secrets show?</b> The secrets of the new content are known, those of the old one are not: a
 * key may have changed or gone since. So what is added or kept is shown with its secrets masked, and what is removed is
 * not shown at all. A template can take a secret apart or write it in another form: its parts are masked too, also in
 * base64 and with the usual escapes; what a template computes from a secret beyond that (a hash, a sum) is not
 * recognised.
 */
@NullMarked
package dev.segue.diff;

import org.jspecify.annotations.NullMarked;
