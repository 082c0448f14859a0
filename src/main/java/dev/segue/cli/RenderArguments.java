package dev.segue.cli;

import dev.segue.cli.flags.Findings;
import dev.segue.cli.flags.Flag;
import dev.segue.cli.flags.Given;
import dev.segue.settings.RenderRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes a {@link RenderRequest} of the words and flags of {@code segue render}. Looks for the files. */
final class RenderArguments {
    private RenderArguments() {}

    /**
     * The request, or nothing if there is a problem now.
     *
     * @param confDir whose {@code templates} are looked in first; else the template is a file like any other, and
     *     includes from the folder {@code templates} that it is in, or from its own folder
     */
    static Optional<RenderRequest> read(CommandLineReader line, Path confDir, Findings findings) {
        Optional<String> template = template(line.words(), findings);
        Optional<Path> data = data(line.flags().getOrDefault(Flag.DATA, List.of()), findings);
        return template.flatMap(name -> data.flatMap(file -> request(name, file, confDir, findings)));
    }

    private static Optional<String> template(List<String> words, Findings findings) {
        if (words.size() == 1) {
            return Optional.of(words.get(0));
        }
        String what = words.isEmpty()
                ? "is missing (segue render TEMPLATE --data FILE)"
                : "is one file at a time, not " + String.join(" and ", words);
        findings.usageProblem("TEMPLATE", what);
        return Optional.empty();
    }

    private static Optional<Path> data(List<Given> given, Findings findings) {
        if (given.isEmpty()) {
            findings.usageProblem("--data", "is missing (a YAML or JSON file with keys and values)");
            return Optional.empty();
        }
        Path file = Path.of(given.get(given.size() - 1).text());
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            findings.usageProblem("--data", "there is no readable file \"" + file + "\"");
            return Optional.empty();
        }
        return Optional.of(file);
    }

    private static Optional<RenderRequest> request(String name, Path data, Path confDir, Findings findings) {
        Path templates = confDir.resolve("templates").normalize();
        Path inside = templates.resolve(name).normalize();
        if (inside.startsWith(templates) && Files.isRegularFile(inside)) {
            return Optional.of(
                    new RenderRequest(templates, templates.relativize(inside).toString(), data));
        }
        Path file = Path.of(name).toAbsolutePath().normalize();
        if (!Files.isRegularFile(file)) {
            findings.usageProblem("TEMPLATE", "there is no file \"" + name + "\", neither here nor in " + templates);
            return Optional.empty();
        }
        Path folder = templatesAbove(file);
        return Optional.of(new RenderRequest(folder, folder.relativize(file).toString(), data));
    }

    private static Path templatesAbove(Path file) {
        for (Path folder = file.getParent();
                folder != null && folder.getFileName() != null;
                folder = folder.getParent()) {
            if (folder.getFileName().toString().equals("templates")) {
                return folder;
            }
        }
        return file.resolveSibling("").toAbsolutePath();
    }
}
