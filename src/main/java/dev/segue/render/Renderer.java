package dev.segue.render;

import dev.segue.keys.ByteText;
import dev.segue.keys.KeySnapshot;
import dev.segue.render.functions.Deadline;
import dev.segue.render.functions.Functions;
import dev.segue.render.functions.KnownEndpoints;
import dev.segue.render.functions.Outside;
import dev.segue.render.functions.Scope;
import dev.segue.render.functions.Scope.Basis;
import dev.segue.render.values.DigestModel;
import dev.segue.render.values.ExactText;
import dev.segue.render.values.GoNumberFormat;
import dev.segue.render.values.Models;
import freemarker.cache.TemplateNameFormat;
import freemarker.core.Environment;
import freemarker.core.TemplateClassResolver;
import freemarker.log.Logger;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;

/**
 * Renders the templates of one folder. Any number of threads may render at once.
 *
 * <p>A template is parsed once and kept; at each render its file, and each file it includes, is looked at for changes.
 */
public final class Renderer {
    /** Of the output, in characters and in bytes: no longer than a target may be. */
    private static final int MOST_CHARACTERS = 16 << 20;

    private static final Duration LONGEST = Duration.ofSeconds(30);

    static {
        // FreeMarker would look for a logging library and log each failure, values included.
        System.setProperty(Logger.SYSTEM_PROPERTY_NAME_LOGGER_LIBRARY, Logger.LIBRARY_NAME_NONE);
    }

    private final TemplateFolder folder;
    private final Outside outside;
    private final int mostCharacters;
    private final Duration longest;
    private final KnownEndpoints endpoints = new KnownEndpoints();
    private volatile Configuration configuration;

    /** Reads nothing yet: the folder may still be missing. */
    public Renderer(Path templates, Outside outside) {
        this(templates, outside, MOST_CHARACTERS, LONGEST);
    }

    Renderer(Path templates, Outside outside, int mostCharacters, Duration longest) {
        this.folder = new TemplateFolder(templates, outside.clock());
        this.outside = outside;
        this.mostCharacters = mostCharacters;
        this.longest = longest;
        this.configuration = configuration();
    }

    /**
     * What the template of this name makes of {@code keys}, whose names are as the template shall see them.
     *
     * <p>Blocks for a file look-up for each template involved, and for the name servers if the template looks names up.
     *
     * @param template its path within the folder
     * @throws RenderException if the template or one it includes is missing, unreadable or wrong, lacks a key, calls a
     *     function that fails, or runs away
     */
    public Rendered render(String template, KeySnapshot keys) throws RenderException {
        Deadline deadline = new Deadline(longest);
        Scope scope = new Scope(keys, outside, endpoints, deadline, keys::digest);
        String text = text(template, scope, deadline);
        if (scope.shownDigest().isEmpty()) {
            return rendered(template, text, scope, Optional.empty());
        }
        DigestModel first = scope.shownDigest().get();
        String digest = Rendered.digestOf(ByteText.encode(text));
        if (first.isOnlyPrintedIn(text)) {
            return rendered(template, text.replace(first.digest(), digest), scope, Optional.of(digest));
        }
        Scope again = new Scope(keys, outside, endpoints, deadline, () -> digest);
        return rendered(template, text(template, again, deadline), again, Optional.of(digest));
    }

    private Rendered rendered(String template, String text, Scope scope, Optional<String> shownDigest)
            throws RenderException {
        byte[] bytes = ByteText.encode(text);
        if (bytes.length > mostCharacters) {
            String what = "the output is longer than " + mostCharacters + " bytes";
            throw new RenderException(folder.shown(template), 0, 0, what);
        }
        Basis basis = folder.anyTellsTheTime() ? Basis.MORE : scope.basis();
        return new Rendered(bytes, scope.warnings(), shownDigest, basis);
    }

    private String text(String template, Scope scope, Deadline deadline) throws RenderException {
        Configuration current = configuration;
        Output output = new Output(mostCharacters, deadline);
        try {
            Environment environment =
                    current.getTemplate(template).createProcessingEnvironment(new Functions(scope), output);
            ExactText.use(environment);
            environment.process();
        } catch (TemplateException e) {
            throw new Failures(current, folder).of(template, e);
        } catch (IOException e) {
            throw new Failures(current, folder).of(template, e);
        } catch (StackOverflowError e) {
            // The one Error that input can cause. Caches it struck in the middle of a change are not trusted any more.
            configuration = configuration();
            throw new RenderException(
                    folder.shown(template), 0, 0, "an include, macro or function calls itself without end");
        }
        return output.text();
    }

    private Configuration configuration() {
        Configuration fresh = new Configuration(Configuration.VERSION_2_3_35);
        fresh.setTemplateLoader(folder);
        fresh.setTemplateUpdateDelayMilliseconds(0);
        fresh.setTemplateNameFormat(TemplateNameFormat.DEFAULT_2_4_0);
        fresh.setLocalizedLookup(false);
        fresh.setRecognizeStandardFileExtensions(false);
        fresh.setInterpolationSyntax(Configuration.DOLLAR_INTERPOLATION_SYNTAX);
        // Columns count characters, a tab as one.
        fresh.setTabSize(1);
        fresh.setLocale(Locale.ROOT);
        fresh.setTimeZone(TimeZone.getTimeZone(outside.zone()));
        fresh.setDefaultEncoding(StandardCharsets.UTF_8.name());
        fresh.setCustomNumberFormats(Map.of("segue", new GoNumberFormat()));
        fresh.setNumberFormat("@segue");
        fresh.setBooleanFormat("c");
        fresh.setDateTimeFormat("iso s");
        fresh.setObjectWrapper(Models.INSTANCE);
        fresh.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        fresh.setAPIBuiltinEnabled(false);
        fresh.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        fresh.setAttemptExceptionReporter((failure, environment) -> {});
        fresh.setLogTemplateExceptions(false);
        fresh.setWrapUncheckedExceptions(true);
        return fresh;
    }
}
