package dev.segue.render.values;

import dev.segue.render.text.Endpoint;
import freemarker.template.SimpleNumber;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateHashModel;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateScalarModel;
import org.jspecify.annotations.Nullable;

/** An endpoint: prints as {@code host:port} and has {@code .host}, {@code .port}, {@code .key} and {@code .name}. */
public record EndpointModel(Endpoint endpoint) implements TemplateScalarModel, TemplateHashModel {
    @Override
    public String getAsString() {
        return endpoint.toString();
    }

    @Override
    public @Nullable TemplateModel get(String name) {
        return switch (name) {
            case "host" -> new SimpleScalar(endpoint.host());
            case "port" -> new SimpleNumber(endpoint.port());
            case "key" -> new SimpleScalar(endpoint.key());
            case "name" -> new SimpleScalar(endpoint.name());
            default -> null;
        };
    }

    @Override
    public boolean isEmpty() {
        return false;
    }
}
