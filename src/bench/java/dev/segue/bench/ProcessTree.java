package dev.segue.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a process and its descendants use, from /proc. Those that have ended count by what their parents have waited for. */
record ProcessTree(ProcessHandle top) {
    private static final double TICKS_PER_SECOND = 100;

    /** Processor time so far. */
    double cpuSeconds() throws BenchException {
        double ticks = 0;
        for (long pid : pids()) {
            double[] fields = times(pid);
            ticks += fields[0] + fields[1] + fields[2] + fields[3];
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** Processor time of all children of the benchmark itself that have ended. */
    static double endedCpuSeconds() throws BenchException {
        double[] fields = times(ProcessHandle.current().pid());
        return (fields[2] + fields[3]) / TICKS_PER_SECOND;
    }

    /** In ticks: its own in user and system mode, and the same of its children that have ended. */
    private static double[] times(long pid) throws BenchException {
        String stat = read(pid, "stat");
        // The second field is the name in parentheses, which may hold spaces.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Stream.of(fields)
                .skip(11)
                .limit(4)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** Resident memory. */
    double residentMebibytes() throws BenchException {
        return kibibytes("status", "VmRSS:") / 1024;
    }

    /** The same with shared pages divided among those who share them. */
    double proportionalMebibytes() throws BenchException {
        return kibibytes("smaps_rollup", "Pss:") / 1024;
    }

    private double kibibytes(String file, String name) throws BenchException {
        double sum = 0;
        for (long pid : pids()) {
            sum += read(pid, file)
                    .lines()
                    .filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                    .sum();
        }
        return sum;
    }

    private List<Long> pids() {
        return Stream.concat(Stream.of(top), top.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    private static String read(long pid, String file) throws BenchException {
        Path path = Path.of("/proc", Long.toString(pid), file);
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new BenchException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
