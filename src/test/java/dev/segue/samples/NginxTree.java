package dev.segue.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An nginx configuration of several files in a temp folder, over which {@code bin/nginx-check} is run. */
final class NginxTree {
    private static final Path SCRIPT = Path.of("bin/nginx-check").toAbsolutePath();

    final Path tree;
    final Path dest;
    final Path scratch;

    /** Writes {@code nginx.conf} and, beside {@code dest}, {@code conf.d/shared.conf} with an upstream of that name. */
    NginxTree(Path folder) throws IOException {
        Path root = folder.toRealPath();
        tree = Files.createDirectories(root.resolve("nginx tree"));
        scratch = Files.createDirectory(root.resolve("scratch"));
        dest = Files.createDirectory(tree.resolve("conf.d")).resolve("app.conf");
        Files.writeString(tree.resolve("conf.d/shared.conf"), "upstream shared { server 127.0.0.1:18078; }\n");
        include("include \"" + tree + "/conf.d/*.conf\";");
    }

    /** Writes {@code nginx.conf} anew with these directives in its http block. */
    void include(String directives) throws IOException {
        Files.writeString(tree.resolve("nginx.conf"), """
                pid "%1$s/nginx.pid";
                error_log stderr;
                events { }
                http {
                    access_log off;
                    client_body_temp_path "%1$s/body"; proxy_temp_path "%1$s/proxy"; fastcgi_temp_path "%1$s/fastcgi";
                    uwsgi_temp_path "%1$s/uwsgi"; scgi_temp_path "%1$s/scgi";
                    %2$s
                }
                """.formatted(tree.getParent(), directives));
    }

    Result check(String text) throws IOException, InterruptedException {
        return check(text, dest);
    }

    /** Checks {@code text} in the place of {@code target}, staged as Segue stages it: hidden, beside the target. */
    Result check(String text, Path target) throws IOException, InterruptedException {
        Path staged = Files.writeString(target.resolveSibling(".app.conf.staged"), text);
        try {
            return run("-c", tree.resolve("nginx.conf").toString(), staged.toString(), target.toString());
        } finally {
            Files.delete(staged);
        }
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("TMPDIR", scratch.toString());
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), said);
    }

    /** What the script ended with and all that it said. */
    record Result(int exitCode, String said) {}
}
