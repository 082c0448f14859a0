package dev.segue.resource;

import java.util.Optional;

/**
 * What a target's mode and owner must be. What is not set is kept: an existing file keeps its own, a new one gets mode
 * 0644 and the owner of the process.
 *
 * @param mode permission bits, 0 to 07777
 * @param owner a user's name or number
 * @param group a group's name or number
 */
public record FileAttributes(Optional<Integer> mode, Optional<String> owner, Optional<String> group) {
    /** Nothing set. */
    public static final FileAttributes UNSET = new FileAttributes(Optional.empty(), Optional.empty(), Optional.empty());
}
