/**
 * Whether a text is JSON, YAML, TOML or XML: what {@code output_format} asks of a rendered text before it is installed.
 *
 * <p>Imports {@code resource} for the formats' names, {@code toml}, and the readers of the other three: Gson, SnakeYAML
 * Engine and the JDK's XML. Pure; any thread may use it. None of them is loaded before a resource asks for its format.
 *
 * <p><b>Why so few words about what is wrong?</b> The readers' own words quote the text, which may hold secrets; a line and
 * a column do not, and with {@code --keep-stage-file} or {@code segue plan} the text can be looked at there.
 */
@NullMarked
package dev.segue.format;

import org.jspecify.annotations.NullMarked;
