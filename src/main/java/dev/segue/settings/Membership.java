package dev.segue.settings;

/**
 * Under which name a daemon tells others, through the store, what it has applied.
 *
 * @param group the daemons that serve the same; letters, digits, {@code .}, {@code _} and {@code -}
 * @param member this one among them; the same characters
 */
public record Membership(String group, String member) {}
