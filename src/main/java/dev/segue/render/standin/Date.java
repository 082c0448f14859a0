package dev.segue.render.standin;

/** For {@code java.sql.Date}. */
public final class Date extends java.util.Date {
    private static final long serialVersionUID = 1L;
}
