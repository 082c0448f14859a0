/**
 * Stands in for what FreeMarker mentions of modules that Segue's runtime does without: {@code java.desktop} and {@code
 * java.sql}; together 9 MB of the image.
 *
 * <p>Nobody imports it. FreeMarker's machinery for Java beans, its view of a template in a window and its wrappers for dates of
 * databases are in no template's reach ({@link dev.segue.render.values} says why); but when the JVM verifies their classes it
 * loads some of what these mention. So pom.xml moves {@code java.beans}, {@code java.sql} and {@code javax.swing.tree} here in
 * the shaded jar: a type that is only looked at is found, and one that would be used is missing. On a class path of plain
 * jars, as in the unit tests, FreeMarker meets the real ones.
 */
@NullMarked
package dev.segue.render.standin;

import org.jspecify.annotations.NullMarked;
