package dev.segue.render;

import dev.segue.dns.Dns;
import dev.segue.dns.DnsException;
import dev.segue.dns.SrvRecord;
import dev.segue.keys.ByteText;
import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeySnapshot;
import dev.segue.render.functions.Outside;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A folder of templates, some keys and a small known world to render in. */
final class Lab {
    private static final Map<String, String> ENVIRONMENT = Map.of("SET", "yes", "EMPTY", "");
    private static final Map<String, List<String>> HOSTS = Map.of(
            "app.test", List.of("10.0.0.2", "2001:db8:0:0:0:0:0:1", "10.0.0.10"), "four.test", List.of("10.0.0.1"));
    private static final Map<String, List<SrvRecord>> SERVICES = Map.of(
            "_http._tcp.app.test",
            List.of(
                    new SrvRecord("b.test", 80, 1, 2),
                    new SrvRecord("a.test", 81, 3, 4),
                    new SrvRecord("a.test", 8, 0, 0)),
            "whole.test",
            List.of(new SrvRecord("c.test", 1, 2, 3)));

    final Path templates;
    final Outside outside = new Outside(
            name -> Optional.ofNullable(ENVIRONMENT.get(name)),
            InstantSource.fixed(Instant.parse("2026-11-23T10:20:30.456Z")),
            ZoneId.of("Europe/Vienna"),
            new KnownDns(),
            () -> "lab.test");
    final Renderer renderer;
    KeySnapshot keys = KeySnapshot.empty(0);

    Lab(Path folder) throws IOException {
        templates = Files.createDirectories(folder.resolve("templates"));
        renderer = new Renderer(templates, outside);
    }

    /** Keys and values in turn, at revision 7. */
    Lab keys(String... keysAndValues) {
        List<KeyEntry> entries = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            entries.add(new KeyEntry(keysAndValues[i], keysAndValues[i + 1]));
        }
        keys = KeySnapshot.of(7, entries);
        return this;
    }

    Lab file(String name, String text) throws IOException {
        Path file = templates.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, ByteText.encode(text));
        return this;
    }

    /** What a template of this text prints. */
    String render(String text) throws IOException, RenderException {
        file("t.ftl", text);
        return new String(renderer.render("t.ftl", keys).bytes(), StandardCharsets.UTF_8);
    }

    /** The message with which a template of this text fails; or what it printed, so that a test sees it. */
    String failure(String text) throws IOException {
        try {
            return "printed " + render(text);
        } catch (RenderException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Two hosts and two services. */
    private static final class KnownDns implements Dns {
        @Override
        public List<InetAddress> addresses(String host) throws DnsException {
            List<InetAddress> addresses = new ArrayList<>();
            for (String address : HOSTS.getOrDefault(host, List.of())) {
                addresses.add(literal(address));
            }
            if (addresses.isEmpty()) {
                throw new DnsException(host, new UnknownHostException());
            }
            return addresses;
        }

        private static InetAddress literal(String address) {
            try {
                return InetAddress.getByName(address);
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public List<SrvRecord> services(String name) throws DnsException {
            List<SrvRecord> services = SERVICES.getOrDefault(name, List.of());
            if (services.isEmpty()) {
                throw new DnsException(name, new UnknownHostException());
            }
            return services;
        }
    }
}
