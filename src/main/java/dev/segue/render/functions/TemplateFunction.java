package dev.segue.render.functions;

import dev.segue.render.text.BadTextException;
import freemarker.template.TemplateModelException;
import org.jspecify.annotations.Nullable;

/** One function: how it is called, and what it does. */
record TemplateFunction(Signature signature, Body body) {
    /** What a function does with the arguments of one call. */
    interface Body {
        /** A value that {@link dev.segue.render.values.Models} can wrap. */
        @Nullable
        Object run(Call call) throws BadTextException, TemplateModelException;
    }

    /** The function that people see as {@code signature}. */
    static TemplateFunction function(String signature, Body body) {
        return new TemplateFunction(Signature.of(signature), body);
    }

    String name() {
        return signature.name();
    }
}
