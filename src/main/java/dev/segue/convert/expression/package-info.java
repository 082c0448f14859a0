/**
 * A value of a Go template as FreeMarker writes it, with what is known of its type.
 *
 * <p>Imports {@code gotemplate}. Pure; an {@link dev.segue.convert.expression.Expressions} is used by one thread.
 *
 * <p><b>Why types?</b> Go asks a value at run time what it is; FreeMarker has to be told: {@code {{if .Value}}} is {@code <#if
 * kv.value != "">}, because a key's value is text. Where the type shows only at run time (what JSON holds), the functions of
 * {@code go.} ask as Go does.
 *
 * <p><b>Go's own values.</b> What comes out of JSON prints itself as Go prints it. So {@link
 * dev.segue.convert.expression.Type#ANY} can stand in {@code ${...}} and {@code <#list>} as it is; a value of another type
 * that shares a variable with such ones is wrapped by {@code go.value()}.
 */
@NullMarked
package dev.segue.convert.expression;

import org.jspecify.annotations.NullMarked;
