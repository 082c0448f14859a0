package dev.segue.gotemplate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One file's template.
 *
 * @param definitions the bodies of {@code define} and {@code block}, by name, in their order
 */
public record GoTemplate(String source, List<Node> body, Map<String, Definition> definitions) {
    public GoTemplate {
        body = List.copyOf(body);
        definitions = Collections.unmodifiableMap(new LinkedHashMap<>(definitions));
    }

    /**
     * The template that {@code text} writes. Pure.
     *
     * @throws SyntaxException with the first thing that is wrong
     */
    public static GoTemplate parse(String text) throws SyntaxException {
        return new Parser(text).template();
    }

    /** The template's own text there. */
    public String source(Span span) {
        return source.substring(span.start(), span.end());
    }

    /** A template within the template. */
    public record Definition(String name, Span span, List<Node> body) {
        public Definition {
            body = List.copyOf(body);
        }
    }
}
