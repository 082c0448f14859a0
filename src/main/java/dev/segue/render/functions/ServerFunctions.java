package dev.segue.render.functions;

import static dev.segue.render.functions.TemplateFunction.function;

import dev.segue.keys.KeyEntry;
import dev.segue.render.text.BadTextException;
import dev.segue.render.text.Endpoint;
import dev.segue.render.text.NginxString;
import dev.segue.render.text.Shown;
import dev.segue.render.values.KeyModel;
import freemarker.template.TemplateModelException;
import java.util.ArrayList;
import java.util.List;

/** The functions that make values safe to stand in a server's configuration, whoever wrote them. */
final class ServerFunctions {
    static final List<TemplateFunction> ALL = List.of(
            function("endpoint(text)", ServerFunctions::endpoint),
            function("endpoints(pattern[, \"skip\"|\"fail\"])", ServerFunctions::endpoints),
            function("nginxString(text)", call -> NginxString.quote(call.text(0))));

    private ServerFunctions() {}

    private static Endpoint endpoint(Call call) throws TemplateModelException, BadTextException {
        return call.any(0) instanceof KeyModel model ? endpoint(call, model.entry()) : Endpoint.parse(call.text(0));
    }

    private static Endpoint endpoint(Call call, KeyEntry entry) throws BadTextException {
        try {
            return call.scope().endpoints().of(entry);
        } catch (BadTextException e) {
            throw new BadTextException("key " + Shown.key(entry.key()) + ": " + e.getMessage());
        }
    }

    /** The endpoints of all keys that match; unless told to fail, one that holds none is left out and warned of. */
    private static List<Endpoint> endpoints(Call call) throws TemplateModelException, BadTextException {
        boolean skip = skipsBadOnes(call);
        List<Endpoint> endpoints = new ArrayList<>();
        for (KeyEntry entry : KeyFunctions.gets(call)) {
            try {
                endpoints.add(endpoint(call, entry));
            } catch (BadTextException e) {
                if (!skip) {
                    throw e;
                }
                call.scope().warn("endpoints leaves out " + e.getMessage());
            }
        }
        return endpoints;
    }

    private static boolean skipsBadOnes(Call call) throws TemplateModelException {
        String mode = call.has(1) ? call.text(1) : "skip";
        if (!mode.equals("skip") && !mode.equals("fail")) {
            throw call.wrong(1, "\"skip\" or \"fail\"", "another text");
        }
        return mode.equals("skip");
    }
}
