/**
 * Files as a key store: of keys in YAML, JSON or TOML, or a folder in which each file is a key.
 *
 * <p>Imports {@code keys}, {@code keyfile}, {@code store} and {@code watch}. One thread reads; the watcher's only marks that
 * something happened.
 *
 * <p><b>Why is every byte read at each look?</b> A time and a size can stay the same while the bytes change. Reading and a
 * digest cost little; what costs, the parsing, is done again only for a file whose bytes are others.
 *
 * <p><b>Why is a broken file a store that refuses?</b> Then what was read last stays in force in every file that Segue
 * keeps, for as long as it takes to mend it, and whoever watches Segue sees it.
 */
@NullMarked
package dev.segue.store.file;

import org.jspecify.annotations.NullMarked;
