package dev.segue.store.redis;

import dev.segue.settings.StoreSettings.Certificates;
import dev.segue.settings.StoreSettings.ServerCheck;
import dev.segue.store.PemFiles;
import dev.segue.store.TlsException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.IOUtils;

/** Makes of PEM files what the JDK needs for TLS; reads them anew each time, so that renewed ones are taken up. */
final class RedisTls {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final char[] NO_PASSWORD = {};

    private RedisTls() {}

    /**
     * Sockets that go over {@code plain} ones to {@code server} with TLS as {@code certificates} ask for it; the server's
     * certificate has to name the host. Blocks on reading files.
     */
    static JedisSocketFactory over(JedisSocketFactory plain, HostAndPort server, Certificates certificates)
            throws TlsException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(certificates), trustManagers(certificates), null);
            SSLParameters parameters = context.getDefaultSSLParameters();
            if (certificates.serverCheck() == ServerCheck.DONE) {
                // Else any host with any certificate of a trusted authority would do.
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
            }
            return () -> handshake(plain.createSocket(), server, context, parameters);
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsException("TLS can't be set up: " + e.getMessage(), e);
        }
    }

    private static Socket handshake(Socket plain, HostAndPort server, SSLContext context, SSLParameters parameters) {
        try {
            SSLSocket socket = (SSLSocket)
                    context.getSocketFactory().createSocket(plain, server.getHost(), server.getPort(), true);
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            IOUtils.closeQuietly(plain);
            throw new JedisConnectionException("TLS", e);
        }
    }

    private static TrustManager @Nullable [] trustManagers(Certificates certificates)
            throws TlsException, GeneralSecurityException, IOException {
        if (certificates.serverCheck() == ServerCheck.SKIPPED) {
            return new TrustManager[] {new TrustAnybody()};
        }
        if (certificates.authorities().isEmpty()) {
            return null;
        }
        KeyStore trusted = empty();
        for (Certificate authority :
                PemFiles.certificates("CA file", certificates.authorities().get())) {
            trusted.setCertificateEntry("authority" + trusted.size(), authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] keyManagers(Certificates certificates)
            throws TlsException, GeneralSecurityException, IOException {
        if (certificates.client().isEmpty() || certificates.clientKey().isEmpty()) {
            return null;
        }
        KeyStore own = empty();
        own.setKeyEntry(
                "client",
                key(certificates.clientKey().get()),
                NO_PASSWORD,
                PemFiles.certificates(
                        "client certificate", certificates.client().get()));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(own, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static PrivateKey key(Path file) throws TlsException, GeneralSecurityException {
        Matcher pem = KEY.matcher(new String(PemFiles.bytes(PemFiles.KEY, file), StandardCharsets.ISO_8859_1));
        GeneralSecurityException why = new InvalidKeySpecException("no PKCS#8 key");
        if (pem.find()) {
            byte[] key = Base64.getMimeDecoder().decode(pem.group(1));
            for (String algorithm : ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key));
                } catch (InvalidKeySpecException e) {
                    why = e;
                }
            }
        }
        throw PemFiles.noKey(file, why);
    }

    /** confd's {@code -client-insecure}. */
    private static final class TrustAnybody extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
