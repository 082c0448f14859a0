package dev.segue.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kernel's tables of TCP and unix sockets (proc(5)), read once for each network namespace: one look, for one thread.
 *
 * <p>It takes the kernel some 10 ms to write them, even when they are short: it goes through all of its hash table.
 */
final class SocketTables {
    /** TCP_LISTEN, among the states in {@code /proc/PID/net/tcp} and {@code tcp6}. */
    private static final String LISTEN = "0A";
    /** __SO_ACCEPTCON, among the flags in {@code /proc/PID/net/unix}. */
    private static final long ACCEPTS = 0x10000;

    private final Map<Path, Set<String>> byNamespace = new HashMap<>();

    /**
     * The sockets that take new connections in the network namespace of the process {@code pid}, as its open files name them.
     *
     * @throws IOException if it is gone, or this process may not look into it
     */
    Set<String> listening(long pid) throws IOException {
        Path process = Path.of("/proc/" + pid);
        Path namespace = Files.readSymbolicLink(process.resolve("ns/net"));
        Set<String> known = byNamespace.get(namespace);
        if (known != null) {
            return known;
        }
        Set<String> sockets = new HashSet<>();
        for (String table : new String[] {"net/tcp", "net/tcp6"}) {
            sockets.addAll(read(process.resolve(table), SocketTables::tcp));
        }
        sockets.addAll(read(process.resolve("net/unix"), SocketTables::unix));
        byNamespace.put(namespace, sockets);
        return sockets;
    }

    private static Set<String> read(Path table, Function<Stream<String>, Set<String>> sockets) throws IOException {
        // A name of a unix socket may hold any byte.
        try (Stream<String> lines = Files.lines(table, StandardCharsets.ISO_8859_1)) {
            return sockets.apply(lines);
        } catch (NoSuchFileException e) {
            // A kernel without IPv6.
            return Set.of();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Those in a table of TCP sockets that take new connections. */
    static Set<String> tcp(Stream<String> lines) {
        // Most of what may be ten thousand lines need not be cut up.
        return lines.filter(line -> line.contains(LISTEN))
                .map(SocketTables::fields)
                .filter(fields -> fields.length > 9 && fields[3].equals(LISTEN))
                .map(fields -> name(fields[9]))
                .collect(Collectors.toSet());
    }

    /** Those in the table of unix sockets that do. */
    static Set<String> unix(Stream<String> lines) {
        return lines.skip(1)
                .map(SocketTables::fields)
                .filter(fields -> fields.length > 6 && (Long.parseLong(fields[3], 16) & ACCEPTS) != 0)
                .map(fields -> name(fields[6]))
                .collect(Collectors.toSet());
    }

    private static String name(String inode) {
        return "socket:[" + inode + "]";
    }

    private static String[] fields(String line) {
        return line.strip().split(" +");
    }
}
