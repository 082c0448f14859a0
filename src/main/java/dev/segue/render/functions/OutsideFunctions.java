package dev.segue.render.functions;

import static dev.segue.render.functions.TemplateFunction.function;

import dev.segue.dns.AddressText;
import dev.segue.dns.DnsException;
import dev.segue.dns.SrvRecord;
import dev.segue.render.text.BadTextException;
import freemarker.template.TemplateModelException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The functions that look at the world outside the store: environment, clock, names, files. */
final class OutsideFunctions {
    static final List<TemplateFunction> ALL = List.of(
            function("getenv(name[, default])", OutsideFunctions::getenv),
            function("datetime()", call -> call.scope().outside().clock().instant()),
            function("hostname()", call -> call.scope().outside().hostName().get()),
            function("fileExists(path)", OutsideFunctions::fileExists),
            function("lookupIP(host)", call -> addresses(call, address -> true)),
            function("lookupIPV4(host)", call -> addresses(call, address -> address.indexOf('.') >= 0)),
            function("lookupIPV6(host)", call -> addresses(call, address -> address.indexOf(':') >= 0)),
            function("lookupSRV(service, proto, name)", OutsideFunctions::services));

    private OutsideFunctions() {}

    /** As in confd the default counts for a variable that is set but empty, too. */
    private static String getenv(Call call) throws TemplateModelException {
        Optional<String> value = call.scope().outside().environment().apply(call.text(0));
        String fallback = call.has(1) ? call.text(1) : "";
        return value.filter(text -> !text.isEmpty()).orElse(fallback);
    }

    /** Only a file that is known not to be there does not exist; one that can't be looked at does. */
    private static boolean fileExists(Call call) throws TemplateModelException, BadTextException {
        try {
            return !Files.notExists(Path.of(call.text(0)));
        } catch (InvalidPathException e) {
            throw new BadTextException("the text can't be a file's path");
        }
    }

    /** Sorted as text; as in confd a failure counts as no address. */
    private static List<String> addresses(Call call, Predicate<String> kind) throws TemplateModelException {
        try {
            return call.scope().outside().dns().addresses(call.text(0)).stream()
                    .map(AddressText::of)
                    .filter(kind)
                    .sorted()
                    .toList();
        } catch (DnsException e) {
            return List.of();
        }
    }

    private static List<Map<String, Object>> services(Call call) throws TemplateModelException {
        String service = call.text(0);
        String proto = call.text(1);
        String name = call.text(2);
        String asked = service.isEmpty() && proto.isEmpty() ? name : "_" + service + "._" + proto + "." + name;
        try {
            return call.scope().outside().dns().services(asked).stream()
                    .sorted(Comparator.comparing(OutsideFunctions::orderOf))
                    .map(OutsideFunctions::fields)
                    .toList();
        } catch (DnsException e) {
            return List.of();
        }
    }

    /** confd sorts by the four fields written one after another. */
    private static String orderOf(SrvRecord record) {
        return record.target() + "." + record.port() + record.priority() + record.weight();
    }

    /** The target ends in a dot, as Go and so confd has it. */
    private static Map<String, Object> fields(SrvRecord record) {
        return Map.of(
                "target", record.target() + ".",
                "port", record.port(),
                "priority", record.priority(),
                "weight", record.weight());
    }
}
