package dev.segue.render.functions;

import static dev.segue.render.functions.TemplateFunction.function;

import dev.segue.render.text.Base64Text;
import dev.segue.render.text.GoNumbers;
import dev.segue.render.text.GoStrings;
import dev.segue.render.text.SlashPath;
import freemarker.template.TemplateModelException;
import java.util.List;

/** The functions that make text, numbers or truth values of text. */
final class TextFunctions {
    static final List<TemplateFunction> ALL = List.of(
            function("base(path)", call -> SlashPath.base(call.text(0))),
            function("dir(path)", call -> SlashPath.dir(call.text(0))),
            function("split(text, separator)", call -> GoStrings.split(call.text(0), call.text(1))),
            function("join(list, separator)", call -> String.join(call.text(1), call.texts(0))),
            function("replace(text, old, new, count)", TextFunctions::replace),
            function("contains(text, part)", call -> call.text(0).contains(call.text(1))),
            function("trimSuffix(text, suffix)", call -> GoStrings.trimSuffix(call.text(0), call.text(1))),
            function("toUpper(text)", call -> GoStrings.toUpper(call.text(0))),
            function("toLower(text)", call -> GoStrings.toLower(call.text(0))),
            function("base64Encode(text)", call -> Base64Text.encode(call.text(0))),
            function("base64Decode(text)", call -> Base64Text.decode(call.text(0))),
            function("parseBool(text)", call -> GoNumbers.truth(call.text(0))),
            function("atoi(text)", call -> GoNumbers.integer(call.text(0))));

    private TextFunctions() {}

    private static String replace(Call call) throws TemplateModelException {
        return GoStrings.replace(call.text(0), call.text(1), call.text(2), call.integer(3));
    }
}
