package dev.segue.store.etcd;

import dev.segue.settings.StoreSettings.Certificates;
import dev.segue.settings.StoreSettings.ServerCheck;
import dev.segue.store.PemFiles;
import dev.segue.store.TlsException;
import dev.segue.store.etcd.EtcdFailure.Reason;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Makes of PEM files what Netty needs for TLS; reads them anew each time, so that renewed ones are taken up. */
final class EtcdTls {
    private static final String CLIENT = "client certificate";

    private EtcdTls() {}

    /**
     * TLS as {@code certificates} ask for it; blocks on reading files.
     *
     * @throws EtcdFailure with the file's name, if one can't be read or is not what it should be
     */
    static SslContext context(Certificates certificates) throws EtcdFailure {
        try {
            return builder(certificates).build();
        } catch (TlsException e) {
            throw new EtcdFailure(Reason.REFUSED, String.valueOf(e.getMessage()), e);
        } catch (SSLException e) {
            throw new EtcdFailure(Reason.REFUSED, "TLS can't be set up: " + e.getMessage(), e);
        }
    }

    private static SslContextBuilder builder(Certificates certificates) throws TlsException {
        SslContextBuilder builder = GrpcSslContexts.forClient();
        if (certificates.serverCheck() == ServerCheck.SKIPPED) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        } else if (certificates.authorities().isPresent()) {
            builder.trustManager(
                    PemFiles.certificates("CA file", certificates.authorities().get()));
        }
        Optional<Path> key = certificates.clientKey();
        if (certificates.client().isPresent() && key.isPresent()) {
            useClient(builder, certificates.client().get(), key.get());
        }
        return builder;
    }

    private static void useClient(SslContextBuilder builder, Path certificate, Path key) throws TlsException {
        PemFiles.certificates(CLIENT, certificate);
        byte[] chainBytes = PemFiles.bytes(CLIENT, certificate);
        byte[] keyBytes = PemFiles.bytes(PemFiles.KEY, key);
        try {
            builder.keyManager(new ByteArrayInputStream(chainBytes), new ByteArrayInputStream(keyBytes));
        } catch (IllegalArgumentException e) {
            throw PemFiles.noKey(key, e);
        }
    }
}
