package dev.segue.render.standin;

/** For {@code java.sql.Timestamp}. */
public final class Timestamp extends java.util.Date {
    private static final long serialVersionUID = 1L;
}
