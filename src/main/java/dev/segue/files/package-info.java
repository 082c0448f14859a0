/**
 * Target files: look at one, stage its next content beside it, swap the two, put back what was there, clean up.
 *
 * <p>Imports {@code resource}, {@code plan} and the JDK; no other room writes targets. One thread at a time for each target; different
 * targets may be handled side by side.
 *
 * <p><b>Why are no channels used for content?</b> Interrupting a thread closes the channel that it uses. A pass that is
 * told to stop would leave a half-written bind mount, so content goes through streams, which an interruption leaves alone.
 *
 * <p><b>Why are mode and owner set before the fsync?</b> They are complete with the content then, in one flush. Until the
 * last byte is written the staged file is 0600.
 *
 * <p><b>Why are users {@link java.nio.file.attribute.UserPrincipal}s and not numbers?</b> Java's are looked up as the
 * system does it, LDAP included, take numbers too, and are equal when their numbers are.
 *
 * <p><b>What of a folder that cannot be synced?</b> Nothing: some file systems know no such thing. A crash may then bring
 * the old file back, and the next pass sees that and installs the new one again.
 */
@NullMarked
package dev.segue.files;

import org.jspecify.annotations.NullMarked;
