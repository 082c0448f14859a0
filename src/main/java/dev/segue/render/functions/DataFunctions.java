package dev.segue.render.functions;

import static dev.segue.render.functions.TemplateFunction.function;

import dev.segue.render.text.BadTextException;
import dev.segue.render.text.JsonText;
import dev.segue.render.text.YamlText;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateScalarModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions that make maps and lists. */
final class DataFunctions {
    static final List<TemplateFunction> ALL = List.of(
            function("json(text)", call -> JsonText.object(call.text(0))),
            function("jsonArray(text)", call -> JsonText.array(call.text(0))),
            function("yaml(text)", call -> YamlText.parse(call.text(0))),
            function("map(key, value, ...)", DataFunctions::map));

    private DataFunctions() {}

    private static Map<String, TemplateModel> map(Call call) throws TemplateModelException, BadTextException {
        if (call.count() % 2 != 0) {
            throw new BadTextException(
                    "invalid map call: the last of " + call.count() + " arguments is a key without a value");
        }
        Map<String, TemplateModel> map = new LinkedHashMap<>();
        for (int i = 0; i < call.count(); i += 2) {
            if (!(call.any(i) instanceof TemplateScalarModel key)) {
                throw new BadTextException("map keys must be text, argument " + (i + 1) + " is not");
            }
            map.put(key.getAsString(), call.any(i + 1));
        }
        return map;
    }
}
