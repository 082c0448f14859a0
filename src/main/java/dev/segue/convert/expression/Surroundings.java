package dev.segue.convert.expression;

import dev.segue.gotemplate.Place;

/** What an expression stands among. */
public interface Surroundings {
    /** What {@code .} is here. */
    Value dot();

    /** What a variable of Go, {@code $} among them, is here. */
    Value variable(String name, Place place) throws NotCarriedOverException;

    /** Takes note that a member is asked of a variable. */
    void membersOf(String variable);

    /** Takes note that a function of Segue is called, whose name nothing may hide. */
    void calls(String function);

    /** True if the list in a variable, or in {@code .}, is read at no other place and no other time. */
    boolean isReadOnce(String variable);
}
