package dev.segue.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Where and with what was measured, without which figures say little. */
final class Machine {
    private Machine() {}

    static Map<String, String> facts(List<String> segue, String confd) throws IOException, InterruptedException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("taken", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("processor", first("/proc/cpuinfo", "model name"));
        facts.put("memory", first("/proc/meminfo", "MemTotal"));
        facts.put("kernel", System.getProperty("os.version"));
        facts.put("segue", said(segue, "--version"));
        facts.put("etcd", said(List.of("etcd"), "--version"));
        facts.put("nginx", said(List.of("nginx"), "-v"));
        if (!confd.isEmpty()) {
            facts.put("confd", said(List.of(confd), "-version"));
        }
        return facts;
    }

    private static String first(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    /** The first line that a program prints when it is asked for its version. */
    private static String said(List<String> command, String flag) throws IOException, InterruptedException {
        List<String> asked = new ArrayList<>(command);
        asked.add(flag);
        Process process = new ProcessBuilder(asked).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String line = process.inputReader().readLine();
        process.inputReader().transferTo(Writer.nullWriter());
        process.waitFor(10, TimeUnit.SECONDS);
        return line == null ? "unknown" : line;
    }
}
