/**
 * The language of Go's {@code text/template}: text in, an immutable tree out.
 *
 * <p>Imports {@code keys} alone (bytes carried as text). Pure; any thread may use it. The tree means nothing by itself: what
 * a function does and of which kind a value is are questions for whoever walks it.
 *
 * <p><b>Which Go?</b> That of 1.19: with {@code break}, {@code continue} and {@code and}/{@code or} that stop early; {@code
 * else with} of 1.23 is read too.
 *
 * <p><b>Why are comments part of the tree?</b> Go drops them, but who carries a template over wants to keep what its author
 * wrote.
 */
@NullMarked
package dev.segue.gotemplate;

import org.jspecify.annotations.NullMarked;
