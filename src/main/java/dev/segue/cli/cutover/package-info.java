/**
 * What the commands of the cutover are told: status, wait, switch and register.
 *
 * <p>Imports {@code settings} and {@code cli.flags}, whose table has their flags too. Pure; used by one thread.
 *
 * <p><b>Why do environment and configuration file not count here?</b> They say what holds for each run on this machine: where the
 * store is, and that a daemon watches it. What to put, to delete and to register is meant once, and a status whose daemon has {@code
 * watch = true} shall end all the same.
 *
 * <p><b>Why must a key start with a slash, when resources may leave it out?</b> No resource ever reads a key without one: a switch
 * that puts it would wait for nothing. And what is written into a store is better not guessed.
 */
@NullMarked
package dev.segue.cli.cutover;

import org.jspecify.annotations.NullMarked;
