package dev.segue.render.standin;

/** For {@code java.beans.PropertyDescriptor}. */
public class PropertyDescriptor {}
