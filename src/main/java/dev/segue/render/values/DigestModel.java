package dev.segue.render.values;

import freemarker.template.TemplateScalarModel;

/** What {@code digest()} gives: text that knows how often it was asked for. Used by the one thread that renders. */
public final class DigestModel implements TemplateScalarModel {
    private final String digest;
    private int reads;

    public DigestModel(String digest) {
        this.digest = digest;
    }

    @Override
    public String getAsString() {
        reads++;
        return digest;
    }

    /** The text, not counted. */
    public String digest() {
        return digest;
    }

    /** True if {@code text} has it exactly as often as it was asked for: then all that came of it was printed, as it is. */
    public boolean isOnlyPrintedIn(String text) {
        int printed = 0;
        for (int at = text.indexOf(digest); at >= 0; at = text.indexOf(digest, at + digest.length())) {
            printed++;
        }
        return printed == reads;
    }
}
