package dev.segue.render.functions;

import static dev.segue.render.functions.TemplateFunction.function;

import dev.segue.keys.ByteText;
import dev.segue.render.text.NaturalOrder;
import dev.segue.render.values.EndpointModel;
import dev.segue.render.values.KeyModel;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateScalarModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The functions that put lists in another order; all make a new list, all are stable. */
final class ListFunctions {
    static final List<TemplateFunction> ALL = List.of(
            function("reverse(list)", ListFunctions::reverse),
            function("sortByLength(list)", ListFunctions::sortByLength),
            function("sortKVByLength(list)", ListFunctions::sortKeysByLength),
            function("sortNaturally(list)", ListFunctions::sortNaturally));

    private ListFunctions() {}

    private static List<TemplateModel> reverse(Call call) throws TemplateModelException {
        List<TemplateModel> reversed = call.list(0);
        Collections.reverse(reversed);
        return reversed;
    }

    private static List<String> sortByLength(Call call) throws TemplateModelException {
        List<String> texts = call.texts(0);
        texts.sort(Comparator.comparingInt(ListFunctions::bytes));
        return texts;
    }

    private static List<TemplateModel> sortKeysByLength(Call call) throws TemplateModelException {
        List<Named> named = new ArrayList<>();
        for (TemplateModel element : call.list(0)) {
            if (!(element instanceof KeyModel key)) {
                throw call.wrong(0, "a list of keys with their values, as gets makes it", "another list");
            }
            named.add(new Named(key.entry().key(), element));
        }
        return sorted(named, Comparator.comparingInt(ListFunctions::bytes));
    }

    /** Keys and endpoints of keys by the key, an endpoint without one and text as printed. */
    private static List<TemplateModel> sortNaturally(Call call) throws TemplateModelException {
        List<Named> named = new ArrayList<>();
        for (TemplateModel element : call.list(0)) {
            if (element instanceof KeyModel key) {
                named.add(new Named(key.entry().key(), element));
            } else if (element instanceof EndpointModel model
                    && !model.endpoint().key().isEmpty()) {
                named.add(new Named(model.endpoint().key(), element));
            } else if (element instanceof TemplateScalarModel text) {
                named.add(new Named(text.getAsString(), element));
            } else {
                throw call.wrong(0, "a list of text, keys or endpoints", "another list");
            }
        }
        return sorted(named, NaturalOrder.INSTANCE);
    }

    private static List<TemplateModel> sorted(List<Named> named, Comparator<String> order) {
        return named.stream()
                .sorted(Comparator.comparing(Named::name, order))
                .map(Named::element)
                .toList();
    }

    /** Go counts bytes. */
    private static int bytes(String text) {
        return ByteText.encode(text).length;
    }

    /** An element and the text that decides its place. */
    private record Named(String name, TemplateModel element) {}
}
