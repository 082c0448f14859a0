/**
 * Makes a confdir for Segue of one for confd: templates of Go become templates of FreeMarker that print the same bytes.
 *
 * <p>Imports {@code keys} (bytes carried as text), {@code gotemplate}, {@code toml} and {@code settings} (problems). {@link dev.segue.convert.Conversion} and all
 * below it are pure; {@link dev.segue.convert.ConfDirConversion} reads and writes files, in its caller's thread.
 *
 * <p><b>The same bytes, whatever lies in the store.</b> That is the promise, white space included, and where confd's template
 * fails the other fails too. What can't be carried over is named, marked in the text, and stops the render: a hole would be
 * installed unseen.
 *
 * <p><b>Several walks.</b> How a variable has to be written depends on what is done with it further down, so the template is
 * walked until {@link dev.segue.convert.Facts} stay the same.
 */
@NullMarked
package dev.segue.convert;

import org.jspecify.annotations.NullMarked;
