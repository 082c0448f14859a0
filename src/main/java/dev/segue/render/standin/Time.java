package dev.segue.render.standin;

/** For {@code java.sql.Time}. */
public final class Time extends java.util.Date {
    private static final long serialVersionUID = 1L;
}
