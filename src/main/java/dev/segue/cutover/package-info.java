/**
 * From "my file is in place" to "every server of the group serves it": what members tell each other, and what waits for it.
 *
 * <p>A member of a group keeps one key in the store, {@code /segue/GROUP/MEMBER}, under a lease: an {@link
 * dev.segue.cutover.Acknowledgement}. Others read these keys and judge ({@link dev.segue.cutover.Judge}) how far a change has
 * come. The store alone joins them; no member knows another.
 *
 * <p>Uses a store through {@code store}'s interfaces, and the process table through {@code command}; JSON is read and written
 * by {@link dev.segue.cutover.AcknowledgementJson} alone.
 */
@NullMarked
package dev.segue.cutover;

import org.jspecify.annotations.NullMarked;
