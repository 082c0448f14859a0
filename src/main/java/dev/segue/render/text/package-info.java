/**
 * What the functions of a template do with text: patterns, paths, JSON, YAML, base64, endpoints, nginx's quoting.
 *
 * <p>Pure: text in, values out, or a {@link dev.segue.render.text.BadTextException} that says what is wrong without ever
 * showing the text. Imports {@code keys}, gson and snakeyaml-engine, never FreeMarker. Any thread may use it.
 *
 * <p>Where confd has a function its Go meaning is kept to the letter ({@code path.Match}, {@code path.Base}, {@code
 * strconv.ParseBool}, {@code encoding/base64}), because templates that were translated from it rely on the corner cases.
 */
@NullMarked
package dev.segue.render.text;

import org.jspecify.annotations.NullMarked;
