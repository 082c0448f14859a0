package dev.segue.render.values;

import dev.segue.keys.ByteText;
import dev.segue.keys.KeyEntry;
import dev.segue.render.text.Endpoint;
import freemarker.template.ObjectWrapper;
import freemarker.template.SimpleDate;
import freemarker.template.SimpleNumber;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateBooleanModel;
import freemarker.template.TemplateDateModel;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Wraps the few kinds of values that functions give into FreeMarker's models. */
public final class Models implements ObjectWrapper {
    public static final ObjectWrapper INSTANCE = new Models();

    private Models() {}

    /**
     * The model of text, a number, a truth value, a time, bytes, a key with its value, an endpoint, and of lists and maps of
     * these; null, which a template takes for "not there", of null.
     *
     * @throws TemplateModelException for every other kind
     */
    @Override
    public @Nullable TemplateModel wrap(@Nullable Object value) throws TemplateModelException {
        if (value == null || value instanceof TemplateModel) {
            return (TemplateModel) value;
        }
        if (value instanceof String text) {
            return new SimpleScalar(text);
        }
        if (value instanceof Number number) {
            return new SimpleNumber(number);
        }
        if (value instanceof Boolean truth) {
            return truth ? TemplateBooleanModel.TRUE : TemplateBooleanModel.FALSE;
        }
        if (value instanceof Instant time) {
            return new SimpleDate(Date.from(time), TemplateDateModel.DATETIME);
        }
        if (value instanceof byte[] bytes) {
            return new SimpleScalar(ByteText.decode(bytes));
        }
        return wrapCompound(value);
    }

    private static TemplateModel wrapCompound(Object value) throws TemplateModelException {
        if (value instanceof KeyEntry entry) {
            return new KeyModel(entry);
        }
        if (value instanceof Endpoint endpoint) {
            return new EndpointModel(endpoint);
        }
        if (value instanceof List<?> list) {
            return new ListModel(list);
        }
        if (value instanceof Collection<?> collection) {
            return new ListModel(List.copyOf(collection));
        }
        if (value instanceof Map<?, ?> map) {
            return new MapModel(map);
        }
        throw new TemplateModelException(
                "no value for templates: " + value.getClass().getName());
    }
}
