package dev.segue.render.values;

import dev.segue.keys.KeyEntry;
import dev.segue.render.go.TypedList;
import dev.segue.render.values.GoModel.Nothing;
import freemarker.template.SimpleNumber;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateBooleanModel;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNumberModel;
import freemarker.template.TemplateScalarModel;
import freemarker.template.TemplateSequenceModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes values from a template to those of {@code render.go} and back. */
public final class GoModels {
    private GoModels() {}

    /** The model of one of the values that {@code render.go} knows. */
    public static TemplateModel model(@Nullable Object value) {
        if (value == null) {
            return Nothing.MISSING;
        }
        if (value instanceof String text) {
            return new SimpleScalar(text);
        }
        if (value instanceof Boolean truth) {
            return truth ? TemplateBooleanModel.TRUE : TemplateBooleanModel.FALSE;
        }
        if (value instanceof Double number) {
            return new GoModel.OfFloat(number);
        }
        if (value instanceof Number number) {
            return new SimpleNumber(number);
        }
        if (value instanceof KeyEntry entry) {
            return new GoModel.OfKey(entry);
        }
        if (value instanceof List<?> list) {
            return new GoModel.OfList(list);
        }
        if (value instanceof Map<?, ?> map) {
            return new GoModel.OfMap(map);
        }
        throw new IllegalArgumentException("no value of Go: " + value.getClass().getName());
    }

    /**
     * The value behind a model.
     *
     * @throws TemplateModelException if Go's templates have no such value
     */
    public static @Nullable Object value(TemplateModel model) throws TemplateModelException {
        if (model instanceof GoModel go) {
            return go.value();
        }
        if (model instanceof KeyModel key) {
            return key.entry();
        }
        if (model instanceof TemplateScalarModel text) {
            return text.getAsString();
        }
        if (model instanceof TemplateBooleanModel truth) {
            return truth.getAsBoolean();
        }
        if (model instanceof TemplateNumberModel number) {
            return number(number.getAsNumber());
        }
        if (model instanceof TemplateSequenceModel sequence) {
            return list(sequence);
        }
        throw new TemplateModelException("A value that Go's templates do not have");
    }

    /** A constant with a point is Go's {@code float64}, every other number its {@code int}. */
    private static Object number(Number number) throws TemplateModelException {
        BigDecimal exact = new BigDecimal(number.toString());
        if (exact.scale() > 0) {
            return exact.doubleValue();
        }
        try {
            return exact.longValueExact();
        } catch (ArithmeticException e) {
            throw new TemplateModelException("A number of more than 64 bits", e);
        }
    }

    private static TypedList list(TemplateSequenceModel sequence) throws TemplateModelException {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < sequence.size(); i++) {
            elements.add(value(sequence.get(i)));
        }
        Object first = elements.isEmpty() ? "" : elements.get(0);
        return new TypedList(
                first instanceof KeyEntry ? "memkv.KVPair" : first instanceof Long ? "int" : "string", elements);
    }
}
