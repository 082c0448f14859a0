package dev.segue.plan;

/** What an installed target still lacks before the running program serves it. */
public enum Owed {
    NOTHING,
    RELOAD
}
