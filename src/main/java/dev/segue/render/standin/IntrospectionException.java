package dev.segue.render.standin;

/** For {@code java.beans.IntrospectionException}. */
public final class IntrospectionException extends Exception {
    private static final long serialVersionUID = 1L;
}
