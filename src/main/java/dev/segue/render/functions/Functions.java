package dev.segue.render.functions;

import dev.segue.render.text.BadTextException;
import dev.segue.render.values.Models;
import freemarker.template.TemplateHashModel;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All functions, as the top-level names of one render. */
public final class Functions implements TemplateHashModel {
    private static final Map<String, TemplateFunction> ALL = Stream.of(
                    KeyFunctions.ALL,
                    TextFunctions.ALL,
                    NumberFunctions.ALL,
                    ListFunctions.ALL,
                    DataFunctions.ALL,
                    OutsideFunctions.ALL,
                    ServerFunctions.ALL,
                    GoFunctions.ALL)
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableMap(TemplateFunction::name, Function.identity()));

    private static final Set<TemplateFunction> OF_THE_WORLD = Set.copyOf(OutsideFunctions.ALL);

    private final Scope scope;

    public Functions(Scope scope) {
        this.scope = scope;
    }

    /** The names of all functions. */
    public static Set<String> names() {
        return ALL.keySet();
    }

    @Override
    public @Nullable TemplateModel get(String name) {
        if (name.equals(GoFunctions.NAMESPACE)) {
            return new Namespace(name, this);
        }
        TemplateFunction function = ALL.get(name);
        return function == null ? null : new Method(function, scope);
    }

    @Override
    public boolean isEmpty() {
        return false;
    }

    /** The functions whose names begin with one word and a dot. */
    private record Namespace(String name, Functions functions) implements TemplateHashModel {
        @Override
        public @Nullable TemplateModel get(String function) {
            return functions.get(name + "." + function);
        }

        @Override
        public boolean isEmpty() {
            return false;
        }
    }

    /** A function that knows what to work on. */
    private record Method(TemplateFunction function, Scope scope) implements TemplateMethodModelEx {
        @Override
        @SuppressWarnings("rawtypes") // FreeMarker's interface is older than generics.
        public @Nullable Object exec(List models) throws TemplateModelException {
            List<@Nullable TemplateModel> arguments = new ArrayList<>();
            for (Object model : models) {
                arguments.add((TemplateModel) model);
            }
            Optional<String> late = scope.deadline().passed();
            if (late.isPresent()) {
                throw new FunctionFailure(late.get());
            }
            if (OF_THE_WORLD.contains(function)) {
                scope.usesMoreThanKeys();
            }
            Call call = new Call(function.signature(), arguments, scope);
            try {
                return Models.INSTANCE.wrap(function.body().run(call));
            } catch (BadTextException e) {
                throw new FunctionFailure(function.name() + ": " + e.getMessage());
            }
        }
    }
}
