package dev.segue.render.go;

import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list whose elements are all of one Go type, such as {@code []string}; other lists are {@code []interface{}}. */
public final class TypedList extends AbstractList<@Nullable Object> {
    private final String elementType;
    private final List<? extends @Nullable Object> elements;

    /** @param elementType as Go names it */
    public TypedList(String elementType, List<? extends @Nullable Object> elements) {
        this.elementType = elementType;
        this.elements = elements;
    }

    String elementType() {
        return elementType;
    }

    @Override
    public @Nullable Object get(int index) {
        return elements.get(index);
    }

    @Override
    public int size() {
        return elements.size();
    }

    /** The same elements from index {@code from} to before {@code to}, of the same type. */
    @Override
    public TypedList subList(int from, int to) {
        return new TypedList(elementType, elements.subList(from, to));
    }
}
