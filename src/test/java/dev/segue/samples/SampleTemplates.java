package dev.segue.samples;

import dev.segue.dns.SystemDns;
import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeySnapshot;
import dev.segue.render.RenderException;
import dev.segue.render.Renderer;
import dev.segue.render.functions.Outside;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Renders the templates that come with Segue. */
final class SampleTemplates {
    private SampleTemplates() {}

    /** The text of {@code template} for these keys, with {@code environment} as Segue's. */
    static String render(String template, Map<String, String> environment, KeyEntry... entries) throws RenderException {
        Outside outside = new Outside(
                name -> Optional.ofNullable(environment.get(name)),
                InstantSource.system(),
                ZoneOffset.UTC,
                new SystemDns(),
                () -> "host");
        Renderer renderer = new Renderer(Path.of("templates"), outside);
        byte[] bytes =
                renderer.render(template, KeySnapshot.of(1, List.of(entries))).bytes();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A server as it is registered. */
    static KeyEntry entry(String name, String value) {
        return new KeyEntry("/app/upstream/" + name, value);
    }
}
