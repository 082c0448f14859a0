/**
 * TOML with line numbers: the text of a file becomes tables that say of each value where it stands and what it ought to
 * be.
 *
 * <p>Imports {@code settings}; the only room that knows the TOML library, tomlj. Pure; a document is used by one thread.
 *
 * <p><b>Why tomlj?</b> It knows the line of each key, so a wrong type or an unknown key is reported where it stands, and
 * it starts faster than the TOML readers that bind to objects. It reads TOML 1.0 and 1.1.
 *
 * <p><b>Why are keys found in any spelling of case, {@code -} and {@code _}?</b> Files written for confd must work
 * unchanged. confd's own keys mix both ({@code sync-only} beside {@code client_cert}), and its reader ignores case and
 * takes {@code keepstagefile} too.
 *
 * <p><b>How are unknown keys found?</b> A reader asks a table for each key that it knows and then has all others
 * refused: so no list of known keys can drift away from the code that reads them.
 */
@NullMarked
package dev.segue.toml;

import org.jspecify.annotations.NullMarked;
