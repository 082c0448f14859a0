/**
 * The environment of this process as a key store.
 *
 * <p>Imports {@code keys} and {@code store}. One thread reads.
 *
 * <p><b>Why not {@code System.getenv}?</b> Java turns the bytes into text by the locale, and in a container there mostly is
 * none: then all that is not ASCII is lost. Linux shows the bytes themselves.
 */
@NullMarked
package dev.segue.store.env;

import org.jspecify.annotations.NullMarked;
