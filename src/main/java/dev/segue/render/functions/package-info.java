/**
 * The functions that a template can call: their names, signatures, meanings and failures.
 *
 * <p>Imports {@code keys}, {@code settings} (the nearest word), {@code dns}, {@code render.text}, {@code render.go}, {@code render.values} and
 * FreeMarker. The table is immutable; one {@link dev.segue.render.functions.Scope} belongs to one render and its thread.
 * Look-ups of names block as long as the name servers take.
 *
 * <p><b>Why a table and not one class a function?</b> Most functions are one line over {@code render.text}. A line of the
 * table says all: the signature that people see in messages, from which the number of arguments is checked, and the body.
 *
 * <p><b>confd's meaning.</b> A function that confd has does here what it does there. Differences, each on purpose:
 * {@code ls("/")} names sub-trees, too; {@code json} keeps numbers exact and refuses a name that stands twice; {@code
 * reverse} makes a new list; the two sorts by length are stable; {@code datetime()} is formatted FreeMarker's way.
 *
 * <p><b>{@code go.}</b> What Go's templates do otherwise than FreeMarker stands behind this name, for templates that {@code
 * segue convert} wrote; there even the differences above are none.
 *
 * <p><b>{@code .key} and not {@code .Key}.</b> A key with its value has {@code .key} and {@code .value}, one name for one
 * thing; a template that says {@code .Key} is told the right word.
 */
@NullMarked
package dev.segue.render.functions;

import org.jspecify.annotations.NullMarked;
