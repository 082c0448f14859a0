/**
 * Lays a FreeMarker template out as a person would: tags on lines of their own, where that leaves every byte of the output as
 * it is.
 *
 * <p>Imports the JDK alone. Pure; any thread may use it.
 *
 * <p><b>What FreeMarker does to white space.</b> A line that holds tags and white space, but nothing that prints, prints
 * nothing, not even its end; white space alone between two definitions, or between one and the file's end, is left out too.
 * So a tag at a line's start gets a line end for free, and a line whose white space counts gets {@code <#nt>}.
 *
 * <p><b>Line ends change sides.</b> Go's authors write {@code {{- range}}} and so have each turn of a loop begin with a line
 * end; FreeMarker's have each turn end with one. {@code a (nb)* n c} is {@code a n (bn)* c}, whatever n is: {@link
 * dev.segue.convert.layout.Rotation} shifts what a block's parts begin or end with until its tags stand at line starts.
 */
@NullMarked
package dev.segue.convert.layout;

import org.jspecify.annotations.NullMarked;
