package dev.segue.http;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The few figures of the process that show a leak, by the names that every exporter gives them. */
final class ProcessFigures {
    private static final Path PROC = Path.of("/proc/self");
    private static final int KIBIBYTE = 1024;

    private final ProcessHandle.Info info = ProcessHandle.current().info();

    List<MetricSnapshot> all() {
        List<MetricSnapshot> all = new ArrayList<>();
        info.startInstant()
                .ifPresent(start -> all.add(Figures.gauge(
                        "process_start_time_seconds", "When the process began", Figures.epochSeconds(start))));
        ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .ifPresent(cpu -> all.add(Figures.counter(
                        "process_cpu_seconds", "Processor time that the process has had", Figures.seconds(cpu))));
        residentBytes()
                .ifPresent(bytes -> all.add(
                        Figures.gauge("process_resident_memory_bytes", "Memory that the process occupies", bytes)));
        openFiles()
                .ifPresent(files ->
                        all.add(Figures.gauge("process_open_fds", "Files and connections that are open", files)));
        all.add(memory());
        all.add(Figures.gauge(
                "jvm_threads_current",
                "Threads of the JVM",
                ManagementFactory.getThreadMXBean().getThreadCount()));
        return all;
    }

    private static MetricSnapshot memory() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        return GaugeSnapshot.builder()
                .name("jvm_memory_used_bytes")
                .help("Memory that the JVM uses")
                .dataPoint(area("heap", memory.getHeapMemoryUsage().getUsed()))
                .dataPoint(area("nonheap", memory.getNonHeapMemoryUsage().getUsed()))
                .build();
    }

    private static GaugeDataPointSnapshot area(String name, long bytes) {
        return GaugeDataPointSnapshot.builder()
                .labels(Labels.of("area", name))
                .value((double) bytes)
                .build();
    }

    /** Linux tells; elsewhere the figure is left out. */
    private static OptionalLong residentBytes() {
        try {
            for (String line : Files.readAllLines(PROC.resolve("status"))) {
                if (line.startsWith("VmRSS:")) {
                    return OptionalLong.of(Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE);
                }
            }
            return OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** Linux tells; elsewhere the figure is left out. */
    private static OptionalLong openFiles() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(PROC.resolve("fd"))) {
            long count = 0;
            for (Path ignored : files) {
                count++;
            }
            return OptionalLong.of(count);
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
