package dev.segue.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** Reads what TLS needs from PEM files; a client does so for each connection, so that renewed ones are taken up. */
public final class PemFiles {
    /** What the file with a private key is, for people. */
    public static final String KEY = "client key";

    private PemFiles() {}

    /**
     * The certificates in {@code file}, at least one.
     *
     * @param what the file is, for people: {@code "CA file"}
     */
    public static X509Certificate[] certificates(String what, Path file) throws TlsException {
        try {
            X509Certificate[] found =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes(what, file)))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toArray(X509Certificate[]::new);
            if (found.length == 0) {
                throw new CertificateException("empty");
            }
            return found;
        } catch (CertificateException e) {
            throw new TlsException(what + " " + file + ": holds no certificate in PEM form", e);
        }
    }

    /** That {@code file} holds no key that can be used. */
    public static TlsException noKey(Path file, Exception cause) {
        String hint = "openssl pkcs8 -topk8 -nocrypt makes one";
        return new TlsException(
                KEY + " " + file + ": holds no unencrypted PKCS#8 key in PEM form (" + hint + ")", cause);
    }

    /** All of {@code file}, which is {@code what}. */
    public static byte[] bytes(String what, Path file) throws TlsException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new TlsException(what + " " + file + ": no such file", e);
        } catch (AccessDeniedException e) {
            throw new TlsException(what + " " + file + ": permission denied", e);
        } catch (IOException e) {
            throw new TlsException(what + " " + file + ": can't be read: " + e.getMessage(), e);
        }
    }
}
