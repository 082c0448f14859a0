package dev.segue.render.functions;

import dev.segue.render.go.TypedList;
import dev.segue.render.values.EndpointModel;
import dev.segue.render.values.GoModel;
import dev.segue.render.values.KeyModel;
import freemarker.template.TemplateBooleanModel;
import freemarker.template.TemplateCollectionModel;
import freemarker.template.TemplateDateModel;
import freemarker.template.TemplateHashModel;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateModelIterator;
import freemarker.template.TemplateNumberModel;
import freemarker.template.TemplateScalarModel;
import freemarker.template.TemplateSequenceModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call of a function: its arguments, asked for by kind, and what it works on. */
final class Call {
    private final Signature signature;
    private final List<@Nullable TemplateModel> arguments;
    private final Scope scope;

    /** Checks how many arguments there are; their kinds are checked as they are asked for. */
    Call(Signature signature, List<@Nullable TemplateModel> arguments, Scope scope) throws FunctionFailure {
        this.signature = signature;
        this.arguments = arguments;
        this.scope = scope;
        if (arguments.size() < signature.least() || arguments.size() > signature.most()) {
            throw new FunctionFailure(signature.text() + " " + signature.arity() + ", not " + arguments.size());
        }
    }

    Scope scope() {
        return scope;
    }

    int count() {
        return arguments.size();
    }

    boolean has(int index) {
        return index < arguments.size();
    }

    TemplateModel any(int index) throws FunctionFailure {
        TemplateModel model = arguments.get(index);
        if (model == null) {
            throw new FunctionFailure(signature.text() + ": " + signature.argument(index) + " is not defined");
        }
        return model;
    }

    String text(int index) throws TemplateModelException {
        return textOf(any(index), index, "text");
    }

    /** A whole number that fits 64 bits. */
    long integer(int index) throws TemplateModelException {
        if (any(index) instanceof TemplateNumberModel number && !(number instanceof GoModel)) {
            try {
                return new BigDecimal(number.getAsNumber().toString()).longValueExact();
            } catch (ArithmeticException | NumberFormatException e) {
                throw wrong(index, "a whole number of 64 bits", "another number");
            }
        }
        throw wrong(index, "a whole number", kind(any(index)));
    }

    List<TemplateModel> list(int index) throws TemplateModelException {
        TemplateModel model = any(index);
        List<TemplateModel> elements = new ArrayList<>();
        if (model instanceof GoModel go && !(go.value() instanceof TypedList)) {
            throw wrong(index, "a list of one kind", kind(model));
        } else if (model instanceof TemplateSequenceModel sequence) {
            for (int i = 0; i < sequence.size(); i++) {
                elements.add(sequence.get(i));
            }
        } else if (model instanceof TemplateCollectionModel collection) {
            TemplateModelIterator each = collection.iterator();
            while (each.hasNext()) {
                elements.add(each.next());
            }
        } else {
            throw wrong(index, "a list", kind(model));
        }
        return elements;
    }

    List<String> texts(int index) throws TemplateModelException {
        List<String> texts = new ArrayList<>();
        for (TemplateModel element : list(index)) {
            texts.add(textOf(element, index, "a list of text"));
        }
        return texts;
    }

    /** A failure of this call that names the argument: {@code split(text, separator): argument 1 (text) must be ...}. */
    FunctionFailure wrong(int index, String wanted, String found) {
        return new FunctionFailure(
                signature.text() + ": " + signature.argument(index) + " must be " + wanted + ", not " + found);
    }

    private String textOf(@Nullable TemplateModel model, int index, String wanted) throws TemplateModelException {
        if (model instanceof TemplateScalarModel scalar && !(model instanceof GoModel)) {
            return scalar.getAsString();
        }
        throw wrong(index, wanted, kind(model));
    }

    private static String kind(@Nullable TemplateModel model) {
        if (model == null || model instanceof GoModel.Nothing) {
            return "nothing";
        }
        if (model instanceof GoModel go) {
            return kind(go);
        }
        if (model instanceof KeyModel) {
            return "a key with its value (.key or .value is text)";
        }
        if (model instanceof EndpointModel) {
            return "an endpoint";
        }
        if (model instanceof TemplateScalarModel) {
            return "text";
        }
        if (model instanceof TemplateNumberModel) {
            return "a number";
        }
        if (model instanceof TemplateBooleanModel) {
            return "a truth value";
        }
        if (model instanceof TemplateDateModel) {
            return "a time";
        }
        if (model instanceof TemplateSequenceModel || model instanceof TemplateCollectionModel) {
            return "a list";
        }
        if (model instanceof TemplateMethodModelEx) {
            return "a function (call it with parentheses)";
        }
        return model instanceof TemplateHashModel ? "a map" : "something else";
    }

    /** A value of a converted template, which prints as text whatever it is. */
    private static String kind(GoModel model) {
        if (model instanceof GoModel.OfFloat) {
            return "Go's float64, which a JSON number is";
        }
        if (model instanceof GoModel.OfKey) {
            return "a key with its value";
        }
        return model instanceof GoModel.OfList ? "a list" : "a map";
    }
}
