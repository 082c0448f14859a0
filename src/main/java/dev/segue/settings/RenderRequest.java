package dev.segue.settings;

import java.nio.file.Path;

/**
 * One template to render from a file of keys, without a store.
 *
 * @param templates the folder that the template may include from
 * @param template its name in {@code templates}
 * @param data a YAML or JSON file
 */
public record RenderRequest(Path templates, String template, Path data) {}
