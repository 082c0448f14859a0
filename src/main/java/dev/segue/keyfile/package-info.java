/**
 * Keys and values from the text of a file: YAML, JSON or TOML.
 *
 * <p>Imports {@code keys}, {@code settings} (problems), {@code toml} and snakeyaml-engine. Any thread may use it.
 *
 * <p><b>Why events and not a document?</b> snakeyaml's events tell the line of each scalar and its text as written, so
 * {@code 1.50} stays {@code 1.50}, and reading them takes no recursion. JSON needs no second reader: it is YAML.
 */
@NullMarked
package dev.segue.keyfile;

import org.jspecify.annotations.NullMarked;
