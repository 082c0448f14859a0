package dev.segue.render.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.keys.ByteText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the real nginx makes of quoted strings and endpoints. */
@Tag("server")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NginxReadsItTest {
    @TempDir
    Path temp;

    @Test
    void nginxString_nastyTexts_comeOutOfNginxUnchanged() throws Exception {
        List<String> texts = nastyTexts();
        StringBuilder locations = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            locations
                    .append("location = /")
                    .append(i)
                    .append(" { return 200 ")
                    .append(NginxString.quote(texts.get(i)))
                    .append("; }\n");
        }

        try (Nginx nginx = new Nginx(temp, locations.toString())) {
            for (int i = 0; i < texts.size(); i++) {
                assertThat(nginx.body("/" + i)).isEqualTo(ByteText.encode(texts.get(i)));
            }
        }
    }

    @Test
    void nginxString_dollarHowEverEscaped_wouldBeAVariable() throws Exception {
        String locations = """
                location = /plain { return 200 "$host"; }
                location = /escaped { return 200 "\\$host"; }
                location = /single { return 200 '$host'; }
                """;

        try (Nginx nginx = new Nginx(temp, locations)) {
            assertThat(nginx.body("/plain")).asString().isEqualTo("nginx.test");
            assertThat(nginx.body("/escaped")).asString().isEqualTo("\\nginx.test");
            assertThat(nginx.body("/single")).asString().isEqualTo("nginx.test");
        }
    }

    @Test
    void nginxString_longest_isReadAndOneMoreIsNot() throws Exception {
        String longest = NginxString.quote("a".repeat(4094));

        assertThat(Nginx.accepts(temp, "location / { return 200 " + longest + "; }"))
                .isTrue();
        assertThat(Nginx.accepts(temp, "location / { return 200 " + longest.replaceFirst("a", "aa") + "; }"))
                .isFalse();
    }

    @Test
    void endpoint_everyForm_isTakenByNginx() throws Exception {
        StringBuilder servers = new StringBuilder();
        for (String text : List.of(
                "10.0.0.1:1",
                "[::1]:65535",
                "http://127.0.0.1:80/",
                "[::ffff:10.0.0.1]:80",
                "localhost:8080",
                "[2001:db8::]:9")) {
            servers.append("location /")
                    .append(servers.length())
                    .append(" { proxy_pass http://")
                    .append(Endpoint.parse(text))
                    .append("; }\n");
        }

        assertThat(Nginx.accepts(temp, servers.toString())).isTrue();
    }

    private static List<String> nastyTexts() {
        List<String> texts = new ArrayList<>(
                List.of("a;b}", "\"", "\\", "\\\\\"", "\\n", "#", "'", "a  b", "{}", "; return 403;", "é😀\udcff"));
        String alphabet = "\\\"';{}# né\udc80\udcff\u2028(){}[]|~^%";
        Random random = new Random(20261123);
        while (texts.size() < 300) {
            StringBuilder text = new StringBuilder();
            for (int n = 1 + random.nextInt(10); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            texts.add(text.toString());
        }
        return texts;
    }

    /** One nginx process with one virtual server on a socket file. */
    private static final class Nginx implements AutoCloseable {
        private final Path socket;
        private final Process process;

        Nginx(Path temp, String locations) throws IOException {
            socket = temp.resolve("nginx.sock");
            process = start(temp, locations, List.of());
            await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(socket) || !process.isAlive());
        }

        static boolean accepts(Path temp, String locations) throws Exception {
            return start(temp, locations, List.of("-t")).waitFor() == 0;
        }

        private static Process start(Path temp, String locations, List<String> options) throws IOException {
            String text = "daemon off; master_process off; pid " + temp + "/pid; error_log stderr;\n"
                    + "events {}\nhttp { access_log off; client_body_temp_path " + temp + "/b; proxy_temp_path " + temp
                    + "/p; fastcgi_temp_path " + temp + "/f; uwsgi_temp_path " + temp + "/u; scgi_temp_path " + temp
                    + "/s;\nserver { listen unix:" + temp + "/nginx.sock;\n" + locations + "}\n}\n";
            Path file = Files.write(temp.resolve("nginx.conf"), ByteText.encode(text));
            List<String> command = new ArrayList<>(List.of("nginx", "-p", temp.toString(), "-c", file.toString()));
            command.addAll(options);
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(temp.resolve("nginx.log").toFile())
                    .start();
        }

        byte[] body(String path) throws IOException {
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(socket));
                channel.write(ByteBuffer.wrap(
                        ("GET " + path + " HTTP/1.0\r\nHost: nginx.test\r\n\r\n").getBytes(StandardCharsets.US_ASCII)));
                ByteArrayOutputStream answer = new ByteArrayOutputStream();
                InputStream in = Channels.newInputStream(channel);
                in.transferTo(answer);
                String text = answer.toString(StandardCharsets.ISO_8859_1);
                return text.substring(text.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
            }
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }
}
