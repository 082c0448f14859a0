package dev.segue.bench;

/** The resource file, which is the same for Segue and confd. */
final class ResourceText {
    private ResourceText() {}

    static String of(Resource resource, String template) {
        String reload = resource.reload()
                .map(command ->
                        "reload_cmd = \"" + command.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n")
                .orElse("");
        return """
                [template]
                src = "%s"
                dest = "%s"
                prefix = "%s"
                keys = ["/upstream"]
                mode = "0644"
                %s""".formatted(template, resource.dest(), resource.prefix(), reload);
    }
}
