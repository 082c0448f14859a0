package dev.segue.render.functions;

import static dev.segue.render.functions.TemplateFunction.function;

import dev.segue.render.go.GoFormat;
import dev.segue.render.go.GoJson;
import dev.segue.render.go.GoQuotes;
import dev.segue.render.go.GoText;
import dev.segue.render.go.GoTime;
import dev.segue.render.go.GoValues;
import dev.segue.render.text.BadTextException;
import dev.segue.render.values.GoModels;
import freemarker.template.TemplateDateModel;
import freemarker.template.TemplateModelException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What Go's templates do and FreeMarker does otherwise, for templates that {@code segue convert} wrote: {@code go.print(x)}.
 */
final class GoFunctions {
    /** The name that all of them stand behind. */
    static final String NAMESPACE = "go";

    static final List<TemplateFunction> ALL = List.of(
            function("go.print(value, ...)", call -> GoText.sprint(values(call, 0))),
            function("go.println(value, ...)", call -> GoText.sprintln(values(call, 0))),
            function("go.printf(format, ...)", call -> GoFormat.sprintf(call.text(0), values(call, 1))),
            function("go.html(value, ...)", call -> GoQuotes.html(printed(call))),
            function("go.js(value, ...)", call -> GoQuotes.js(printed(call))),
            function("go.urlquery(value, ...)", call -> GoQuotes.urlQuery(printed(call))),
            function("go.truth(value)", call -> GoValues.truth(value(call, 0))),
            function("go.and(value, ...)", call -> GoModels.model(firstThatIs(false, call))),
            function("go.or(value, ...)", call -> GoModels.model(firstThatIs(true, call))),
            function("go.eq(value, ...)", call -> GoValues.equal(value(call, 0), values(call, 1))),
            function("go.lt(a, b)", call -> GoValues.compare(value(call, 0), value(call, 1)) < 0),
            function("go.le(a, b)", call -> GoValues.compare(value(call, 0), value(call, 1)) <= 0),
            function("go.gt(a, b)", call -> GoValues.compare(value(call, 0), value(call, 1)) > 0),
            function("go.ge(a, b)", call -> GoValues.compare(value(call, 0), value(call, 1)) >= 0),
            function("go.len(value)", call -> GoValues.length(value(call, 0))),
            function("go.index(value, ...)", call -> GoModels.model(GoValues.index(value(call, 0), values(call, 1)))),
            function("go.slice(value, ...)", call -> GoModels.model(GoValues.slice(value(call, 0), values(call, 1)))),
            function("go.json(text)", call -> GoModels.model(GoJson.object(call.text(0)))),
            function("go.jsonArray(text)", call -> GoModels.model(GoJson.array(call.text(0)))),
            function("go.map(key, value, ...)", call -> GoModels.model(map(call))),
            function("go.value(value)", call -> GoModels.model(value(call, 0))),
            function("go.ls(path)", call -> call.scope().tree().names(call.text(0))),
            function("go.lsdir(path)", call -> call.scope().tree().folders(call.text(0))),
            function("go.nil()", call -> GoModels.model(null)),
            function("go.format(time, layout)", GoFunctions::format));

    private GoFunctions() {}

    private static @Nullable Object value(Call call, int index) throws TemplateModelException {
        return GoModels.value(call.any(index));
    }

    private static List<@Nullable Object> values(Call call, int first) throws TemplateModelException {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = first; i < call.count(); i++) {
            values.add(value(call, i));
        }
        return values;
    }

    /** What the escaping functions work on: text as it is, nothing as a template shows it, all else printed. */
    private static String printed(Call call) throws TemplateModelException {
        List<@Nullable Object> values = values(call, 0);
        UnaryOperator<@Nullable Object> shown = value -> value == null ? GoText.NO_VALUE : value;
        values.replaceAll(shown);
        return GoText.sprint(values);
    }

    private static @Nullable Object firstThatIs(boolean wanted, Call call) throws TemplateModelException {
        for (Object value : values(call, 0)) {
            if (GoValues.truth(value) == wanted) {
                return value;
            }
        }
        return value(call, call.count() - 1);
    }

    private static Map<String, @Nullable Object> map(Call call) throws TemplateModelException, BadTextException {
        if (call.count() % 2 != 0) {
            throw new BadTextException(
                    "invalid map call: the last of " + call.count() + " arguments is a key without a value");
        }
        Map<String, @Nullable Object> map = new TreeMap<>(GoText.ORDER);
        for (int i = 0; i < call.count(); i += 2) {
            map.put(call.text(i), value(call, i + 1));
        }
        return map;
    }

    private static String format(Call call) throws TemplateModelException {
        if (!(call.any(0) instanceof TemplateDateModel time)) {
            throw call.wrong(0, "a time, as datetime() gives it", "something else");
        }
        ZoneId zone = call.scope().outside().zone();
        return GoTime.format(time.getAsDate().toInstant().atZone(zone), call.text(1));
    }
}
