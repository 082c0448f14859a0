package dev.segue.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate authority with one server and one client certificate, made by {@code openssl} in a folder of the test.
 *
 * <p>The server's certificate names 127.0.0.1, ::1 and localhost. All keys are PKCS#8, as Segue asks for.
 */
public final class TestCertificates {
    static final String AUTHORITY = "ca.pem";
    static final String SERVER_CERTIFICATE = "server.pem";
    static final String SERVER_KEY = "server-key.pem";
    private static final String LOOPBACK = "IP:127.0.0.1,IP:::1,DNS:localhost";
    private static final String CLIENT_CERTIFICATE = "client.pem";
    private static final String CLIENT_KEY = "client-key.pem";
    private static final String CLIENT_STORE = "client.p12";

    /** The password of {@link #clientStore}. */
    static final String STORE_PASSWORD = "segue-test";

    private final Path folder;

    private TestCertificates(Path folder) {
        this.folder = folder;
    }

    /** As {@link #in}, in a temporary folder that is removed when the JVM ends. */
    public static TestCertificates temporary() {
        return temporary(LOOPBACK);
    }

    /** As above, with a server certificate that holds for {@code serverNames} alone: {@code DNS:elsewhere.example}. */
    public static TestCertificates temporary(String serverNames) {
        return in(TempFolders.untilExit("segue-certificates-"), serverNames);
    }

    /** A new authority and its certificates in {@code folder}; the server's holds for the loopback. */
    public static TestCertificates in(Path folder) {
        return in(folder, LOOPBACK);
    }

    private static TestCertificates in(Path folder, String serverNames) {
        TestCertificates certificates = new TestCertificates(folder);
        certificates.selfSign();
        certificates.sign("server", "subjectAltName=" + serverNames);
        certificates.sign("client", "subjectAltName=DNS:client");
        certificates.openssl(
                "pkcs12",
                "-export",
                "-inkey",
                CLIENT_KEY,
                "-in",
                CLIENT_CERTIFICATE,
                "-out",
                CLIENT_STORE,
                "-passout",
                "pass:" + STORE_PASSWORD);
        return certificates;
    }

    /** The authority's certificate, PEM. */
    public Path authority() {
        return folder.resolve(AUTHORITY);
    }

    /** The client's certificate, PEM. */
    public Path client() {
        return folder.resolve(CLIENT_CERTIFICATE);
    }

    /** The client's private key, PKCS#8 PEM. */
    public Path clientKey() {
        return folder.resolve(CLIENT_KEY);
    }

    Path clientStore() {
        return folder.resolve(CLIENT_STORE);
    }

    Path folder() {
        return folder;
    }

    private void selfSign() {
        List<String> command = new ArrayList<>(List.of("req", "-x509", "-days", "2", "-out", AUTHORITY));
        command.addAll(newKey("ca-key.pem", "test authority"));
        openssl(command.toArray(new String[0]));
    }

    private void sign(String name, String extension) {
        List<String> command = new ArrayList<>(List.of("req", "-out", name + ".csr"));
        command.addAll(newKey(name + "-key.pem", name));
        openssl(command.toArray(new String[0]));
        write(name + ".ext", extension);
        openssl(
                "x509",
                "-req",
                "-days",
                "2",
                "-CA",
                AUTHORITY,
                "-CAkey",
                "ca-key.pem",
                "-CAcreateserial",
                "-in",
                name + ".csr",
                "-extfile",
                name + ".ext",
                "-out",
                name + ".pem");
    }

    private static List<String> newKey(String file, String name) {
        return List.of(
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-keyout",
                file,
                "-subj",
                "/CN=" + name);
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void openssl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        try {
            Process openssl = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (openssl.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ":\n" + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
