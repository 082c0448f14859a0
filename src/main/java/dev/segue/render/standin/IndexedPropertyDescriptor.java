package dev.segue.render.standin;

/** For {@code java.beans.IndexedPropertyDescriptor}. */
public final class IndexedPropertyDescriptor extends PropertyDescriptor {}
