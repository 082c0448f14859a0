package dev.segue.render.functions;

import freemarker.template.TemplateModelException;

/** A function can't do what the template asks of it; FreeMarker carries this to the render's end and adds the place. */
public final class FunctionFailure extends TemplateModelException {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    FunctionFailure(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    /** One line: what failed, why, and what is right; {@code getMessage} has FreeMarker's own lines around it. */
    public String sentence() {
        return sentence;
    }
}
