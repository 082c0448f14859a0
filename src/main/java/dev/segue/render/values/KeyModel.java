package dev.segue.render.values;

import dev.segue.keys.KeyEntry;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateHashModel;
import freemarker.template.TemplateModel;
import org.jspecify.annotations.Nullable;

/** A key with its value, as {@code get} and {@code gets} give it: {@code .key} and {@code .value}. */
public record KeyModel(KeyEntry entry) implements TemplateHashModel {
    @Override
    public @Nullable TemplateModel get(String name) {
        return switch (name) {
            case "key" -> new SimpleScalar(entry.key());
            case "value" -> new SimpleScalar(entry.value());
            default -> null;
        };
    }

    @Override
    public boolean isEmpty() {
        return false;
    }
}
