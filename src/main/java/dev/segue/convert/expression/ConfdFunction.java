package dev.segue.convert.expression;

import static dev.segue.convert.expression.Type.ANY;
import static dev.segue.convert.expression.Type.INTEGER;
import static dev.segue.convert.expression.Type.INTEGERS;
import static dev.segue.convert.expression.Type.KEY;
import static dev.segue.convert.expression.Type.KEYS;
import static dev.segue.convert.expression.Type.LIST;
import static dev.segue.convert.expression.Type.MAP;
import static dev.segue.convert.expression.Type.SERVICES;
import static dev.segue.convert.expression.Type.TEXT;
import static dev.segue.convert.expression.Type.TEXTS;
import static dev.segue.convert.expression.Type.TIME;
import static dev.segue.convert.expression.Type.TRUTH;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function of confd: what it takes and gives, and how Segue calls it.
 *
 * @param optional how many of the parameters may be missing
 * @param element what one of several results is best called
 */
record ConfdFunction(String name, String code, List<Type> parameters, int optional, Type result, String element) {
    private static final Map<String, ConfdFunction> ALL = Stream.of(
                    of("exists", TRUTH, TEXT),
                    of("get", KEY, TEXT),
                    new ConfdFunction("getv", "getv", List.of(TEXT, TEXT), 1, TEXT, ""),
                    of("gets", KEYS, TEXT).each("kv"),
                    of("getvs", TEXTS, TEXT).each("value"),
                    of("ls", TEXTS, TEXT).each("name"),
                    of("lsdir", TEXTS, TEXT).each("name"),
                    of("base", TEXT, TEXT),
                    of("dir", TEXT, TEXT),
                    of("split", TEXTS, TEXT, TEXT).each("part"),
                    of("join", TEXT, TEXTS, TEXT),
                    of("replace", TEXT, TEXT, TEXT, TEXT, INTEGER),
                    of("contains", TRUTH, TEXT, TEXT),
                    of("trimSuffix", TEXT, TEXT, TEXT),
                    of("toUpper", TEXT, TEXT),
                    of("toLower", TEXT, TEXT),
                    new ConfdFunction("json", "go.json", List.of(TEXT), 0, MAP, "item"),
                    new ConfdFunction("jsonArray", "go.jsonArray", List.of(TEXT), 0, LIST, "item"),
                    new ConfdFunction("map", "go.map", List.of(), 0, MAP, "item"),
                    new ConfdFunction("getenv", "getenv", List.of(TEXT, TEXT), 1, TEXT, ""),
                    of("datetime", TIME),
                    of("lookupIP", TEXTS, TEXT).each("address"),
                    of("lookupIPV4", TEXTS, TEXT).each("address"),
                    of("lookupIPV6", TEXTS, TEXT).each("address"),
                    of("lookupSRV", SERVICES, TEXT, TEXT, TEXT).each("srv"),
                    of("fileExists", TRUTH, TEXT),
                    of("base64Encode", TEXT, TEXT),
                    of("base64Decode", TEXT, TEXT),
                    of("parseBool", TRUTH, TEXT),
                    of("atoi", INTEGER, TEXT),
                    of("add", INTEGER, INTEGER, INTEGER),
                    of("sub", INTEGER, INTEGER, INTEGER),
                    of("mul", INTEGER, INTEGER, INTEGER),
                    of("div", INTEGER, INTEGER, INTEGER),
                    of("mod", INTEGER, INTEGER, INTEGER),
                    of("seq", INTEGERS, INTEGER, INTEGER).each("i"),
                    of("reverse", ANY, ANY),
                    of("sortByLength", TEXTS, TEXTS),
                    of("sortKVByLength", KEYS, KEYS))
            .collect(Collectors.toUnmodifiableMap(ConfdFunction::name, Function.identity()));

    static Optional<ConfdFunction> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    private static ConfdFunction of(String name, Type result, Type... parameters) {
        return new ConfdFunction(name, name, List.of(parameters), 0, result, "");
    }

    private ConfdFunction each(String element) {
        return new ConfdFunction(name, code, parameters, optional, result, element);
    }

    /** {@code takes 1 or 2 arguments}. */
    String arity() {
        int most = parameters.size();
        String count = optional == 0 ? String.valueOf(most) : (most - optional) + " or " + most;
        return "takes " + (most == 0 ? "no" : count) + (most == 1 ? " argument" : " arguments");
    }
}
