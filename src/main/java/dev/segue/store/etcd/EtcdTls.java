package dev.segue.store.etcd;

import dev.segue.settings.StoreSettings.Certificates;
import dev.segue.settings.StoreSettings.ServerCheck;
import dev.segue.store.etcd.EtcdFailure.Reason;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Makes of PEM files what Netty needs for TLS; reads them anew each time, so that renewed ones are taken up. */
final class EtcdTls {
    private EtcdTls() {}

    /**
     * TLS as {@code certificates} ask for it; blocks on reading files.
     *
     * @throws EtcdFailure with the file's name, if one can't be read or is not what it should be
     */
    static SslContext context(Certificates certificates) throws EtcdFailure {
        SslContextBuilder builder = GrpcSslContexts.forClient();
        if (certificates.serverCheck() == ServerCheck.SKIPPED) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        } else if (certificates.authorities().isPresent()) {
            builder.trustManager(
                    certificates("CA file", certificates.authorities().get()));
        }
        Optional<Path> key = certificates.clientKey();
        if (certificates.client().isPresent() && key.isPresent()) {
            useClient(builder, certificates.client().get(), key.get());
        }
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new EtcdFailure(Reason.REFUSED, "TLS can't be set up: " + e.getMessage(), e);
        }
    }

    private static X509Certificate[] certificates(String what, Path file) throws EtcdFailure {
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
            throw new EtcdFailure(Reason.REFUSED, what + " " + file + ": holds no certificate in PEM form", e);
        }
    }

    private static void useClient(SslContextBuilder builder, Path certificate, Path key) throws EtcdFailure {
        certificates("client certificate", certificate);
        byte[] chainBytes = bytes("client certificate", certificate);
        byte[] keyBytes = bytes("client key", key);
        try {
            builder.keyManager(new ByteArrayInputStream(chainBytes), new ByteArrayInputStream(keyBytes));
        } catch (IllegalArgumentException e) {
            String hint = "openssl pkcs8 -topk8 -nocrypt makes one";
            String message = "client key " + key + ": holds no unencrypted PKCS#8 key in PEM form (" + hint + ")";
            throw new EtcdFailure(Reason.REFUSED, message, e);
        }
    }

    private static byte[] bytes(String what, Path file) throws EtcdFailure {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new EtcdFailure(Reason.REFUSED, what + " " + file + ": no such file", e);
        } catch (AccessDeniedException e) {
            throw new EtcdFailure(Reason.REFUSED, what + " " + file + ": permission denied", e);
        } catch (IOException e) {
            throw new EtcdFailure(Reason.REFUSED, what + " " + file + ": can't be read: " + e.getMessage(), e);
        }
    }
}
