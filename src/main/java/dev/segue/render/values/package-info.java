/**
 * Shows Java's values to a template as FreeMarker's models, and nothing of Java besides.
 *
 * <p>Imports {@code keys}, {@code render.text}, {@code render.go} and FreeMarker. All immutable; used by the one thread that renders.
 *
 * <p><b>Why not FreeMarker's own wrappers?</b> They reflect over whatever they are given: methods of Java objects would be
 * in a template's reach, and the bean machinery loads {@code java.desktop} at the first render. Here each kind of value is
 * named, and every other kind is refused.
 */
@NullMarked
package dev.segue.render.values;

import org.jspecify.annotations.NullMarked;
