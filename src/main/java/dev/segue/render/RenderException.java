package dev.segue.render;

/**
 * A template could not be rendered.
 *
 * <p>The message, {@code templates/app.conf.ftl:12:7: key /app/py3 does not exist (nearest: /app/py1, /app/py2)}, is one
 * line and holds no value. There is no cause: FreeMarker's own exceptions quote values.
 */
public final class RenderException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String template;
    private final int line;
    private final int column;
    private final String reason;

    RenderException(String template, int line, int column, String reason) {
        super((line > 0 ? template + ":" + line + ":" + column : template) + ": " + reason);
        this.template = template;
        this.line = line;
        this.column = column;
        this.reason = reason;
    }

    /** The file that holds the failing place, which may be an included one: {@code templates/app.conf.ftl}. */
    public String template() {
        return template;
    }

    /** From 1; 0 if the failure has no place, as when the template is not there. */
    public int line() {
        return line;
    }

    /** From 1, in characters; 0 if the failure has no place. */
    public int column() {
        return column;
    }

    /** What failed, why, and what is right. */
    public String reason() {
        return reason;
    }
}
