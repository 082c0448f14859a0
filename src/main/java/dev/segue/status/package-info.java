/**
 * The latest picture of everything that can be seen from outside, and what it means: alive or not, ready or not.
 *
 * <p>Imports {@code plan}. The loop publishes, any thread reads; a picture is immutable and replaced in one atomic set,
 * so nobody ever sees half of a change. It holds no value of a key, no rendered text, no output of a command and no
 * credential.
 *
 * <p><b>Why two clocks?</b> Times are taken by a clock that nobody can set, so that an age, and with it a verdict, stays
 * true when the machine's clock is put right or wrong; a picture shows them by the clock that people read.
 *
 * <p><b>Why does the loop say how long it will rest?</b> It may rest for as long as the interval, which may be hours. A
 * bound that is made of the interval would find a stuck loop hours late; one that is made of the rest finds it at once.
 */
@NullMarked
package dev.segue.status;

import org.jspecify.annotations.NullMarked;
