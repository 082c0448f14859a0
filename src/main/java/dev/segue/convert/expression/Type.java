package dev.segue.convert.expression;

/** What is known of a value before the template runs. */
public enum Type {
    TEXT("text", "value"),
    INTEGER("a whole number", "number"),
    FLOAT("a number with a fraction", "number"),
    TRUTH("a truth value", "isSet"),
    TIME("a time", "time"),
    /** A key with its value. */
    KEY("a key with its value", "kv"),
    KEYS("a list of keys", "kvs"),
    TEXTS("a list of text", "values"),
    INTEGERS("a list of numbers", "numbers"),
    /** What an SRV record says. */
    SERVICE("an SRV record", "srv"),
    SERVICES("a list of SRV records", "records"),
    /** Go's {@code uint16}, which its functions do not take for a number. */
    SMALL_NUMBER("a number of an SRV record", "number"),
    /** Of text to anything. */
    MAP("a map", "data"),
    /** Of anything. */
    LIST("a list", "items"),
    /** Known only when the template runs: Go's own values. */
    ANY("something of JSON", "item"),
    NOTHING("nothing", "nothing");

    private final String shown;
    private final String name;

    Type(String shown, String name) {
        this.shown = shown;
        this.name = name;
    }

    /** For messages. */
    public String shown() {
        return shown;
    }

    /** What a variable of this type is called if nobody named it. */
    public String variable() {
        return name;
    }

    /** That of an element, if this can be listed; else {@link #NOTHING}. */
    public Type element() {
        return switch (this) {
            case KEYS -> KEY;
            case TEXTS -> TEXT;
            case INTEGERS -> INTEGER;
            case SERVICES -> SERVICE;
            case LIST, MAP, ANY -> ANY;
            default -> NOTHING;
        };
    }

    /** True if its elements are numbered and it is one of FreeMarker's own lists. */
    public boolean isPlainList() {
        return this == KEYS || this == TEXTS || this == INTEGERS || this == SERVICES;
    }

    /** True if FreeMarker prints it as Go does. */
    boolean printsItself() {
        return this == TEXT
                || this == INTEGER
                || this == TRUTH
                || this == SMALL_NUMBER
                || this == MAP
                || this == LIST
                || this == ANY;
    }

    /** The type of a place that holds both. */
    public Type or(Type other) {
        return this == other ? this : ANY;
    }

    /** True if {@code go.value()} can make a value of Go of it. */
    boolean canBeAny() {
        return this != TIME && this != SERVICE && this != SERVICES && this != SMALL_NUMBER;
    }
}
