package dev.segue.render;

import dev.segue.render.TemplateFolder.OutsideException;
import dev.segue.render.functions.FunctionFailure;
import dev.segue.render.functions.Functions;
import dev.segue.settings.NearestWord;
import freemarker.core.Environment;
import freemarker.core.InvalidReferenceException;
import freemarker.core.ParseException;
import freemarker.core.StopException;
import freemarker.core.UnexpectedTypeException;
import freemarker.template.Configuration;
import freemarker.template.MalformedTemplateNameException;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Boils FreeMarker's exceptions down to one line that says where and why.
 *
 * <p>FreeMarker's descriptions may quote values, so nothing of them is passed on but words that are known to be fixed, and
 * text of the template itself.
 */
final class Failures {
    private static final Pattern TYPES =
            Pattern.compile("Expected (?<wanted>[^\n]*?) ?, but this has evaluated to (?<found>an? [a-z_+]+)");
    private static final Pattern FIXED_START = Pattern.compile("(?:[A-Za-z' ?._()]|#[0-9])*[A-Za-z)]");
    private static final Pattern LAST_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*$");
    private static final Set<String> MEMBERS =
            Set.of("key", "value", "host", "port", "name", "target", "priority", "weight");
    private static final int LONGEST_QUOTE = 100;
    private static final int LONGEST_MATCHED = 500;

    private final Configuration configuration;
    private final TemplateFolder folder;

    Failures(Configuration configuration, TemplateFolder folder) {
        this.configuration = configuration;
        this.folder = folder;
    }

    /** The template, or one that it reads, could not be read or parsed, or it printed too much. */
    RenderException of(String template, IOException failure) {
        Optional<ParseException> syntax = cause(failure, ParseException.class);
        if (syntax.isPresent()) {
            return syntaxError(syntax.get());
        }
        if (failure instanceof Output.LimitException limit) {
            return new RenderException(folder.shown(template), 0, 0, limit.reason());
        }
        return new RenderException(folder.shown(template), 0, 0, unreadable(template, failure));
    }

    /** The template {@code main}, or one that it includes, failed while it ran. */
    RenderException of(String main, TemplateException failure) {
        Optional<ParseException> syntax = cause(failure, ParseException.class);
        String template = Optional.ofNullable(failure.getTemplateSourceName()).orElse(main);
        Integer line = failure.getLineNumber();
        Integer column = failure.getColumnNumber();
        if (syntax.isPresent() && folder.names().contains(syntax.get().getTemplateName())) {
            return syntaxError(syntax.get());
        }
        return new RenderException(
                folder.shown(template),
                line == null ? 0 : line,
                column == null ? 0 : column,
                reason(template, failure));
    }

    private String reason(String template, TemplateException failure) {
        if (failure instanceof FunctionFailure function) {
            return function.sentence();
        }
        if (failure instanceof InvalidReferenceException) {
            String name =
                    Optional.ofNullable(failure.getBlamedExpressionString()).orElse("a value");
            return quoted(name) + " is not defined" + hint(name, failure.getEnvironment());
        }
        if (failure instanceof StopException) {
            return "the template stops itself" + stopMessage(template, failure.getMessageWithoutStackTop());
        }
        String place = placeText(template, failure);
        if (cause(failure, ParseException.class).isPresent()) {
            return place + ": the text is not what a template can hold";
        }
        Optional<IOException> file = cause(failure, IOException.class);
        if (file.isPresent()) {
            return place + ": " + unreadable(requested(place), file.get());
        }
        return place + ": " + fixedWords(failure);
    }

    /** The message is shown if it stands in the template as it is; one that was put together may hold a value. */
    private String stopMessage(String template, String message) {
        try {
            boolean literal = configuration.getTemplate(template).toString().contains("<#stop \"" + message + "\"/>");
            return literal ? ": " + quoted(message) : "";
        } catch (IOException e) {
            return "";
        }
    }

    private String fixedWords(TemplateException failure) {
        String text = start(failure.getMessageWithoutStackTop());
        Matcher types = TYPES.matcher(text);
        if (failure instanceof UnexpectedTypeException && types.find()) {
            return "this is " + plain(types.group("found")) + ", needed is " + plain(types.group("wanted"));
        }
        if (text.startsWith("Instantiating ")) {
            return "?new is not allowed in a template";
        }
        if (text.startsWith("Can't use ?api")) {
            return "?api is not allowed in a template";
        }
        if (failure.getCause() instanceof ArithmeticException) {
            return "the calculation fails (division by zero?)";
        }
        if (failure.getCause() instanceof RuntimeException bug && !(failure instanceof TemplateModelException)) {
            return "failed (" + bug.getClass().getSimpleName() + ")";
        }
        Matcher start = FIXED_START.matcher(text);
        return start.lookingAt()
                ? Character.toLowerCase(start.group().charAt(0)) + start.group().substring(1)
                : "failed";
    }

    /** As much as the patterns need: a long value would have them recurse without end. */
    private static String start(String description) {
        return description.substring(0, Math.min(description.length(), LONGEST_MATCHED));
    }

    private static String plain(String types) {
        if (types.startsWith("a string or something")) {
            return "something that prints (text, a number, a truth value, a time)";
        }
        return types.replace("extended_hash", "map")
                .replace("extended hash", "map")
                .replace("hash", "map")
                .replaceAll("sequence\\b", "list")
                .replaceAll("\\bstring\\b", "text")
                .replace("a boolean", "a truth value")
                .replace("a method or function", "a function")
                .replace("a method", "a function")
                .replace("a text", "text")
                .replace("an map", "a map");
    }

    /** The template's own text at the failing place, on one line. */
    private String placeText(String template, TemplateException failure) {
        Integer line = failure.getLineNumber();
        Integer column = failure.getColumnNumber();
        Integer endLine = failure.getEndLineNumber();
        Integer endColumn = failure.getEndColumnNumber();
        if (line == null || column == null || endLine == null || endColumn == null) {
            return "the template";
        }
        try {
            Template source = configuration.getTemplate(template);
            return quoted(source.getSource(column, line, endColumn, endLine));
        } catch (IOException e) {
            return "the template";
        }
    }

    private static String quoted(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...";
    }

    private String hint(String expression, Environment environment) {
        Matcher last = LAST_NAME.matcher(expression);
        if (!last.find()) {
            return "";
        }
        if (last.start() > 0) {
            return NearestWord.hint(last.group(), MEMBERS);
        }
        Set<String> known = new HashSet<>(Functions.names());
        try {
            for (Object name : environment.getKnownVariableNames()) {
                known.add(String.valueOf(name));
            }
        } catch (TemplateModelException e) {
            // Then the functions alone are suggested.
        }
        return NearestWord.hint(expression, known);
    }

    private RenderException syntaxError(ParseException failure) {
        String name = Optional.ofNullable(failure.getTemplateName()).orElse("");
        return new RenderException(
                folder.shown(name), failure.getLineNumber(), failure.getColumnNumber(), syntaxReason(failure));
    }

    private String syntaxReason(ParseException failure) {
        String text = failure.getEditorMessage();
        if (text.startsWith("Encountered ")) {
            return "unexpected " + quoted(beforeExpected(text.substring("Encountered ".length())));
        }
        Matcher unknown = Pattern.compile("Unknown (?<kind>built-in|directive): \"?#?(?<name>\\w+)")
                .matcher(text);
        if (unknown.lookingAt()) {
            boolean directive = unknown.group("kind").equals("directive");
            Set<String> known = directive
                    ? configuration.getSupportedBuiltInDirectiveNames(Configuration.LEGACY_NAMING_CONVENTION)
                    : configuration.getSupportedBuiltInNames(Configuration.LEGACY_NAMING_CONVENTION);
            return "there is no " + (directive ? "directive #" : "built-in ?") + unknown.group("name")
                    + NearestWord.hint(unknown.group("name"), known);
        }
        return quoted(text.split("\\. (?=\\(Note|Check|Help)", 2)[0]).replaceFirst("\\.$", "");
    }

    /** Without FreeMarker's list of what could have stood there instead, which names its grammar's tokens. */
    private static String beforeExpected(String text) {
        return text.split(", but was expecting|\\.\\s+Was expecting", 2)[0];
    }

    private String unreadable(String name, IOException failure) {
        if (failure instanceof TemplateNotFoundException) {
            List<String> names = folder.names();
            return "no such template" + NearestWord.hint(name.replaceFirst("^/", ""), names);
        }
        if (failure instanceof MalformedTemplateNameException
                || cause(failure, OutsideException.class).isPresent()) {
            return "leads out of " + folder.folderName();
        }
        boolean denied = cause(failure, AccessDeniedException.class).isPresent();
        return "cannot be read" + (denied ? ": permission denied" : "");
    }

    /** The file that an include or import names by a plain text. */
    private static String requested(String directive) {
        Matcher name = Pattern.compile("[\"']([^\"'$#{}]+)[\"']").matcher(directive);
        return name.find() ? name.group(1) : "";
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (type.isInstance(e)) {
                return Optional.of(type.cast(e));
            }
        }
        return Optional.empty();
    }
}
