/**
 * Template and keys to bytes, or an error with file, line and column.
 *
 * <p>The only user of FreeMarker, of which no type shows in what {@link dev.segue.render.Renderer} takes and gives. Imports
 * {@code keys}, {@code settings} (the nearest word, problems) and {@code dns}. Rendering runs in the caller's thread, any
 * number of them at once; nothing is shared between two renders but parsed templates.
 *
 * <p><b>Byte for byte.</b> Templates are read and output is written through {@link dev.segue.keys.ByteText}, as values were
 * on their way out of the store, so bytes that are no UTF-8 pass through unharmed.
 *
 * <p><b>What a template may do.</b> Call the functions of {@code render.functions}, include files of its folder. There is no
 * way to a Java class or object: {@code ?new} and {@code ?api} are off and {@code render.values} wraps known kinds only. A
 * name or symbolic link that leads out of the folder is refused; links within it, as Kubernetes makes them, work.
 *
 * <p><b>Runaway templates.</b> Endless recursion ends when the thread's stack does, endless output at 64 Mi characters,
 * a loop that prints or looks something up after 30 s or when the thread is interrupted. Only a loop that does nothing at
 * all ({@code <#list 1.. as x></#list>}) is not noticed: FreeMarker has no place to ask.
 *
 * <p><b>digest().</b> A running program that shows it proves that it serves this very file, so it stands for all of the
 * file: keys, values, template, and what else was printed. A file cannot hold the digest of itself; so a template that
 * calls {@code digest()} is rendered twice, first with the digest of its keys, then with that of the first output. Both
 * together have the time of one. Others are rendered once.
 *
 * <p><b>Messages.</b> FreeMarker explains itself over many lines and quotes the values it fails on. {@link
 * dev.segue.render.Failures} makes one line of each kind of failure, from the template's own text alone.
 */
@NullMarked
package dev.segue.render;

import org.jspecify.annotations.NullMarked;
