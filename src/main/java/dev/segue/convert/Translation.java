package dev.segue.convert;

import dev.segue.convert.expression.Expressions;
import dev.segue.convert.expression.Names;
import dev.segue.convert.expression.NotCarriedOverException;
import dev.segue.convert.expression.Type;
import dev.segue.convert.expression.Value;
import dev.segue.convert.layout.Piece;
import dev.segue.convert.layout.Piece.Arm;
import dev.segue.convert.layout.Piece.Block;
import dev.segue.gotemplate.GoTemplate;
import dev.segue.gotemplate.GoTemplate.Definition;
import dev.segue.gotemplate.Node;
import dev.segue.gotemplate.Operand;
import dev.segue.gotemplate.Pipeline;
import dev.segue.gotemplate.Place;
import dev.segue.gotemplate.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One walk through a template, which makes FreeMarker's pieces of Go's nodes. Used once, by one thread. */
final class Translation {
    private final String file;
    private final GoTemplate template;
    private final Facts known;
    private final Facts found = new Facts();
    private final List<NotCarriedOverException> failures = new ArrayList<>();
    private final Map<String, String> macros = new LinkedHashMap<>();

    /**
     * @param file the template as marks name it
     * @param known what the walk before found
     */
    Translation(String file, GoTemplate template, Facts known) {
        this.file = file;
        this.template = template;
        this.known = known;
        Set<String> taken = new HashSet<>(known.functions());
        for (String name : template.definitions().keySet()) {
            String macro = Names.free(name, taken);
            taken.add(macro);
            macros.put(name, macro);
        }
    }

    Facts found() {
        return found;
    }

    /** What could not be carried over so far, in the order of the text. */
    List<NotCarriedOverException> failures() {
        return failures;
    }

    List<Block> macros() {
        List<Block> blocks = new ArrayList<>();
        for (Definition definition : template.definitions().values()) {
            String id = argumentOf(definition.name());
            Type type = known.type(id, Type.NOTHING);
            String parameter = Names.free(type.variable(), taken());
            Value dot = type == Type.NOTHING ? Value.nothing() : Value.variable(parameter, type);
            Scope scope = scope(new Scope.Variable(id, dot, 0), true);
            if (type != Type.NOTHING) {
                scope.names().add(parameter);
            }
            List<Piece> body = pieces(definition.body(), scope);
            String tag =
                    "<#macro " + macros.get(definition.name()) + (type == Type.NOTHING ? "" : " " + parameter) + ">";
            blocks.add(new Block(List.of(new Arm(tag, body)), "</#macro>"));
        }
        return blocks;
    }

    List<Piece> body() {
        return pieces(template.body(), scope(new Scope.Variable("$", Value.nothing(), 0), false));
    }

    private Scope scope(Scope.Variable dot, boolean local) {
        return Scope.outermost(dot, taken(), found, known, local);
    }

    private Set<String> taken() {
        Set<String> taken = new HashSet<>(macros.values());
        taken.addAll(known.functions());
        return taken;
    }

    private static String argumentOf(String template) {
        return "template " + template;
    }

    private List<Piece> pieces(List<Node> nodes, Scope scope) {
        List<Piece> pieces = new ArrayList<>();
        for (Node node : nodes) {
            try {
                pieces.addAll(pieces(node, scope));
            } catch (NotCarriedOverException e) {
                failures.add(e);
                pieces.addAll(mark(node.span(), e));
                if (node instanceof Node.Branch branch) {
                    lookFurther(branch, scope);
                }
            }
        }
        return pieces;
    }

    /** Goes through the parts of a branch that is not carried over, for what else can't be. */
    private void lookFurther(Node.Branch branch, Scope scope) {
        Scope inner = scope.innerLoop();
        inner.set(Scope.DOT, "lost " + branch.span().place(), Value.variable("lost", Type.ANY));
        for (String name : branch.pipeline().variables()) {
            inner.set(name, "lost " + branch.span().place() + name, Value.variable("lost", Type.ANY));
        }
        pieces(branch.body(), inner);
        pieces(branch.otherwise(), scope.inner());
    }

    /** A comment that shows what stood there; and the template does not run until somebody has seen to it. */
    private List<Piece> mark(Span span, NotCarriedOverException failure) {
        String where = Conversion.place(file, failure.place());
        String shown = template.source(span).replace("-->", "-- >");
        return List.of(
                new Piece.Quiet("<#-- segue convert: " + where + ": " + failure.getMessage() + ": " + shown + " -->"),
                new Piece.Call("<#stop \"" + where + " is not carried over\">"));
    }

    private List<Piece> pieces(Node node, Scope scope) throws NotCarriedOverException {
        if (node instanceof Node.Text text) {
            return List.of(new Piece.Text(text.text()));
        }
        if (node instanceof Node.Comment comment) {
            return List.of(new Piece.Quiet("<#--" + comment.text().replace("-->", "-- >") + "-->"));
        }
        if (node instanceof Node.Action action) {
            return action(action.pipeline(), scope);
        }
        if (node instanceof Node.Invocation invocation) {
            return List.of(new Piece.Call(invocation(invocation, scope)));
        }
        if (node instanceof Node.Jump jump) {
            if (jump.target() == Node.Target.BREAK && scope.isAfterRange()) {
                throw new NotCarriedOverException(
                        jump.span().place(), "a break in a range's else ends nothing but that else in confd");
            }
            return List.of(new Piece.Jump(jump.target() == Node.Target.BREAK ? "<#break>" : "<#continue>"));
        }
        Node.Branch branch = (Node.Branch) node;
        return switch (branch.kind()) {
            case IF -> condition(branch, scope.inner());
            case WITH -> with(branch, scope.inner());
            case RANGE -> range(branch, scope);
        };
    }

    private List<Piece> action(Pipeline pipeline, Scope scope) throws NotCarriedOverException {
        if (!pipeline.variables().isEmpty()) {
            return List.of(assignment(pipeline, scope));
        }
        List<Piece> pieces = new ArrayList<>();
        for (Value value : new Expressions(scope).printed(pipeline)) {
            pieces.add(
                    value.constant().isPresent()
                            ? new Piece.Text(value.constant().get())
                            : new Piece.Print(Expressions.printing(value, pipeline.place())));
        }
        return pieces;
    }

    private Piece assignment(Pipeline pipeline, Scope scope) throws NotCarriedOverException {
        String goName = pipeline.variables().get(0);
        Value value = new Expressions(scope).value(pipeline);
        Place place = pipeline.place();
        if (pipeline.binding() == Pipeline.Binding.DECLARES) {
            return declared(goName, goName, value, place, scope);
        }
        Scope.Variable variable = scope.find(goName, place);
        found.isAssigned(variable.id());
        found.holds(variable.id(), value.type());
        String code = fitting(value, variable.id(), known.type(variable.id(), value.type()), place);
        return new Piece.Quiet(
                "<#" + scope.assignment() + " " + variable.value().code() + " = " + code + ">");
    }

    /** Declares a variable of FreeMarker, best called {@code wanted}, that is {@code goName} from now on. */
    private Piece declared(String goName, String wanted, Value value, Place place, Scope scope)
            throws NotCarriedOverException {
        String id = goName + " " + place;
        Type type = scope.type(id, value.type());
        String name = Names.free(wanted, scope.names());
        String code = fitting(value, id, type, place);
        scope.set(goName, id, Value.variable(name, type == Type.NOTHING ? Type.ANY : type));
        return new Piece.Quiet("<#" + scope.assignment() + " " + name + " = " + code + ">");
    }

    /** The code of a value for a variable of some type. */
    private String fitting(Value value, String id, Type type, Place place) throws NotCarriedOverException {
        boolean mayBeNull = value.kind() == Value.Kind.MEMBER && value.type() == Type.ANY && known.askedForMembers(id);
        if (mayBeNull) {
            return "go.value(" + value.code() + ")";
        }
        return type == Type.ANY ? value.asAny(place) : value.code();
    }

    private String invocation(Node.Invocation invocation, Scope scope) throws NotCarriedOverException {
        Place place = invocation.span().place();
        String macro = macros.get(invocation.name());
        if (macro == null) {
            throw new NotCarriedOverException(
                    place, "confd fails here: no template \"" + invocation.name() + "\" is defined");
        }
        Value argument = Value.nothing();
        if (invocation.argument().isPresent()) {
            argument = new Expressions(scope).value(invocation.argument().get());
        }
        String id = argumentOf(invocation.name());
        found.holds(id, argument.type());
        Type type = known.type(id, argument.type());
        if (type == Type.NOTHING) {
            return "<@" + macro + "/>";
        }
        return "<@" + macro + " " + (type == Type.ANY ? argument.asAny(place) : argument.code(Value.Binding.ATOM))
                + "/>";
    }

    private List<Piece> condition(Node.Branch branch, Scope scope) throws NotCarriedOverException {
        List<Piece> pieces = new ArrayList<>();
        List<Arm> arms = new ArrayList<>();
        Node.Branch next = branch;
        String tag = "<#if ";
        while (true) {
            Value condition = opening(next, scope, pieces);
            arms.add(new Arm(tag + condition.code() + ">", pieces(next.body(), scope.inner())));
            boolean goesOn = next.otherwise().size() == 1
                    && next.otherwise().get(0) instanceof Node.Branch chained
                    && chained.isChained()
                    && chained.pipeline().variables().isEmpty()
                    && isCarriedOver(chained.pipeline(), scope);
            if (!goesOn) {
                break;
            }
            next = (Node.Branch) next.otherwise().get(0);
            tag = "<#elseif ";
        }
        if (!next.otherwise().isEmpty()) {
            arms.add(new Arm("<#else>", pieces(next.otherwise(), scope.inner())));
        }
        pieces.add(new Block(arms, "</#if>"));
        return pieces;
    }

    /** False if the pipeline has to become a mark, which can't stand in a tag. */
    private static boolean isCarriedOver(Pipeline pipeline, Scope scope) {
        try {
            new Expressions(scope).condition(pipeline);
            return true;
        } catch (NotCarriedOverException e) {
            return false;
        }
    }

    private Value opening(Node.Branch branch, Scope scope, List<Piece> ahead) throws NotCarriedOverException {
        Expressions expressions = new Expressions(scope);
        Pipeline pipeline = branch.pipeline();
        if (pipeline.variables().isEmpty()) {
            return expressions.condition(pipeline);
        }
        ahead.add(assignment(pipeline, scope));
        Place place = pipeline.place();
        return expressions.condition(
                of(new Operand.Variable(place, pipeline.variables().get(0))));
    }

    private static Pipeline of(Operand operand) {
        return new Pipeline(operand.place(), List.of(), Pipeline.Binding.DECLARES, List.of(List.of(operand)));
    }

    private List<Piece> with(Node.Branch branch, Scope scope) throws NotCarriedOverException {
        List<Piece> pieces = new ArrayList<>();
        Pipeline pipeline = branch.pipeline();
        Scope inner = scope.inner();
        String id = ". " + pipeline.place();
        Value condition;
        if (!pipeline.variables().isEmpty()) {
            condition = opening(branch, scope, pieces);
            inner = scope.inner();
            Scope.Variable variable = scope.find(pipeline.variables().get(0), pipeline.place());
            if (known.assigned(variable.id())) {
                throw new NotCarriedOverException(
                        pipeline.place(), "the variable of this with is set again, and dot is not");
            }
            inner.set(Scope.DOT, variable.id(), variable.value());
        } else {
            Value value = new Expressions(scope).value(pipeline);
            boolean fixed = value.kind() != Value.Kind.CALL && !isSetAgain(pipeline, scope);
            boolean named = !fixed && known.reads(id) > 0;
            if (named) {
                String name = Names.free(Names.wanted(pipeline, value.type()), scope.names());
                pieces.add(new Piece.Quiet("<#" + scope.assignment() + " " + name + " = " + value.code() + ">"));
                value = Value.variable(name, value.type());
            }
            condition = Expressions.truth(value);
            inner.set(Scope.DOT, id, value);
        }
        List<Arm> arms = new ArrayList<>();
        arms.add(new Arm("<#if " + condition.code() + ">", pieces(branch.body(), inner)));
        if (!branch.otherwise().isEmpty()) {
            arms.add(new Arm("<#else>", pieces(branch.otherwise(), scope.inner())));
        }
        pieces.add(new Block(arms, "</#if>"));
        return pieces;
    }

    /** True if the variable that a pipeline begins with gets another value somewhere, while dot does not. */
    private boolean isSetAgain(Pipeline pipeline, Scope scope) throws NotCarriedOverException {
        Operand first = pipeline.commands().get(0).get(0);
        Operand of = first instanceof Operand.Fields fields ? fields.of() : first;
        return of instanceof Operand.Variable variable
                && known.assigned(scope.find(variable.name(), variable.place()).id());
    }

    private List<Piece> range(Node.Branch branch, Scope scope) throws NotCarriedOverException {
        Pipeline pipeline = branch.pipeline();
        Value list = new Expressions(scope).value(pipeline);
        Type element = list.type().element();
        if (list.type() != Type.NOTHING && element == Type.NOTHING) {
            throw new NotCarriedOverException(
                    pipeline.place(),
                    "confd fails here: range can't go over " + list.type().shown());
        }
        if (pipeline.binding() == Pipeline.Binding.ASSIGNS) {
            throw new NotCarriedOverException(pipeline.place(), "a range that sets variables of before with =");
        }
        Scope inner = scope.innerLoop();
        List<Piece> start = new ArrayList<>();
        String tag = listTag(branch, list, element, inner, start);
        List<Piece> body = new ArrayList<>(start);
        body.addAll(pieces(branch.body(), inner));
        List<Arm> arms = new ArrayList<>(List.of(new Arm(tag, body)));
        if (!branch.otherwise().isEmpty()) {
            arms.add(new Arm("<#else>", pieces(branch.otherwise(), scope.innerElse())));
        }
        return List.of(new Block(arms, "</#list>"));
    }

    /** Opens a list and says what its variables are within it. */
    private String listTag(Node.Branch branch, Value list, Type element, Scope inner, List<Piece> start)
            throws NotCarriedOverException {
        Pipeline pipeline = branch.pipeline();
        List<String> variables = pipeline.variables();
        Place place = pipeline.place();
        Optional<String> index = variables.size() == 2 ? Optional.of(variables.get(0)) : Optional.empty();
        Optional<String> own =
                variables.isEmpty() ? Optional.empty() : Optional.of(variables.get(variables.size() - 1));
        String id = own.orElse(Scope.DOT) + " " + place;
        boolean reset = known.assigned(id);
        String wanted = own.isPresent() && !reset ? own.get() : Expressions.elementName(pipeline, element);
        String name = Names.free(wanted, inner.names());
        Value value = Value.variable(name, element);
        inner.set(Scope.DOT, reset ? ". " + place : id, value);
        if (own.isPresent()) {
            bind(own.get(), value, place, inner, start);
        }
        String head = "<#list " + list.code() + " as ";
        if (index.isEmpty() || (index.get().equals("$_") && known.reads(index.get() + " " + place) == 0)) {
            return head + name + ">";
        }
        return head + key(list.type(), index.get(), name, place, inner, start) + name + ">";
    }

    /** Says what the index or key of a turn is; what stands for it before the element's variable, if anything. */
    private String key(Type list, String goName, String element, Place place, Scope inner, List<Piece> start)
            throws NotCarriedOverException {
        if (list.isPlainList()) {
            bind(goName, Value.variable(element + "?index", Type.INTEGER), place, inner, start);
            return "";
        }
        Type type = list == Type.MAP ? Type.TEXT : list == Type.LIST ? Type.INTEGER : Type.ANY;
        String name = Names.free(known.assigned(goName + " " + place) ? "key" : goName, inner.names());
        inner.names().add(name);
        bind(goName, Value.variable(name, type), place, inner, start);
        return name + ", ";
    }

    /** Has a variable of the loop stand for {@code value}; one that is set again within the turn is a variable of its own. */
    private void bind(String goName, Value value, Place place, Scope inner, List<Piece> start)
            throws NotCarriedOverException {
        String id = goName + " " + place;
        if (known.assigned(id)) {
            start.add(declared(goName, goName, value, place, inner));
        } else {
            inner.set(goName, id, value);
        }
    }
}
