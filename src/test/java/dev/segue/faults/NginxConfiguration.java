package dev.segue.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * All directives of a configuration as nginx itself reads and prints it ({@code nginx -T}), one a line: the names of the
 * blocks around it in its own file, then its words, all separated by {@code |}.
 *
 * <p>Cut into words by nginx's rules (its {@code ngx_conf_read_token}), so that nothing hides in quotes or comments.
 */
record NginxConfiguration(List<String> directives) {
    NginxConfiguration {
        directives = List.copyOf(directives);
    }

    /** What nginx makes of {@code mainConf} and of all that it includes. */
    static NginxConfiguration of(Path mainConf) throws IOException, InterruptedException {
        Process nginx = new ProcessBuilder("nginx", "-q", "-T", "-e", "/dev/null", "-c", mainConf.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(nginx.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        if (nginx.waitFor() != 0) {
            throw new AssertionError("nginx refuses " + mainConf);
        }
        return new NginxConfiguration(new Reading(text).all());
    }

    private static final class Reading {
        private final String text;
        private final List<String> found = new ArrayList<>();
        private final Deque<String> blocks = new ArrayDeque<>();
        private final List<String> words = new ArrayList<>();
        private int at;

        Reading(String text) {
            this.text = text;
        }

        List<String> all() {
            while (at < text.length()) {
                char c = text.charAt(at);
                switch (c) {
                    case ' ', '\t', '\r', '\n' -> at++;
                    case '#' -> at = (text + "\n").indexOf('\n', at);
                    case ';' -> end();
                    case '{' -> {
                        String block = String.join(" ", words);
                        end();
                        blocks.addLast(block);
                    }
                    case '}' -> {
                        blocks.removeLast();
                        at++;
                    }
                    case '"', '\'' -> words.add(quoted(c));
                    default -> words.add(bare());
                }
            }
            return found;
        }

        private void end() {
            found.add(String.join("|", blocks) + "|" + String.join("|", words));
            words.clear();
            at++;
        }

        private String quoted(char quote) {
            int start = ++at;
            while (text.charAt(at) != quote) {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            return text.substring(start, at++);
        }

        private String bare() {
            int start = at;
            while (" \t\r\n;{".indexOf(text.charAt(at)) < 0) {
                boolean variable = text.startsWith("${", at);
                at += variable || text.charAt(at) == '\\' ? 2 : 1;
            }
            return text.substring(start, at);
        }
    }
}
