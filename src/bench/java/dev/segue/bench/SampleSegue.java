package dev.segue.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * Segue with the sample conf.d/nginx.toml and its template as they are; only the places of the files, of nginx and of the keys
 * are the benchmark's. It checks and verifies each change, which the others do not; without that its name says so.
 */
record SampleSegue(Segue segue, Path root, Nginx nginx, int verifyPort, boolean verifies) implements Contestant {
    @Override
    public String name() {
        return verifies ? "segue" : "segue, unchecked";
    }

    @Override
    public boolean polls() {
        return true;
    }

    @Override
    public void configure(Job job) throws IOException {
        String text = Files.readString(root.resolve("conf.d/nginx.toml"))
                .replaceAll("(?m)^dest = .*$", setting("dest", nginx.target().toString()))
                .replaceAll("(?m)^reload_cmd = .*$", setting("reload_cmd", nginx.reloadCommand()))
                .replaceAll(
                        "(?m)^pid_file = .*$",
                        setting("pid_file", nginx.pidFile().toString()))
                .replaceAll("(?m)^keys = ", "prefix = \"" + Job.PREFIX + "\"\n$0");
        if (!verifies) {
            text = text.replaceAll("(?m)^(check_cmd|verify_url) = .*\n", "");
        }
        Path definition = job.folder().resolve("conf.d/nginx.toml");
        Files.createDirectories(definition.getParent());
        Files.writeString(definition, text);
        String template = "templates/nginx-upstream.conf.ftl";
        Files.createDirectories(job.folder().resolve("templates"));
        Files.copy(root.resolve(template), job.folder().resolve(template));
    }

    @Override
    public List<String> command(Job job, Run run) {
        return segue.command(job, run);
    }

    @Override
    public Map<String, String> environment(Job job) {
        return Map.of(
                "NGINX_LISTEN", nginx.listen(),
                "NGINX_VERIFY_PORT", Integer.toString(verifyPort),
                "NGINX_CONF", nginx.conf().toString());
    }

    private static String setting(String name, String value) {
        return Matcher.quoteReplacement(name + " = \"" + value + "\"");
    }
}
