package dev.segue.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the store is and how to get in.
 *
 * @param backend of which kind it is
 * @param nodes at least one, unless {@code srvRecord} names them or the kind has none; each with scheme, host and port; all
 *     of one scheme, of etcd {@code http} or {@code https}
 * @param srvRecord the DNS SRV record whose answers are the nodes, as {@code srvScheme} URLs
 * @param srvScheme {@code http} or {@code https}
 * @param certificates what TLS needs beyond the system's certificate authorities
 * @param login user and password, if the store asks for them
 * @param requestTimeout how long one request may take
 */
public record StoreSettings(
        Backend backend,
        List<URI> nodes,
        Optional<String> srvRecord,
        String srvScheme,
        Certificates certificates,
        Optional<Login> login,
        Duration requestTimeout) {

    public StoreSettings {
        nodes = List.copyOf(nodes);
    }

    /** An etcd. */
    public StoreSettings(
            List<URI> nodes,
            Optional<String> srvRecord,
            String srvScheme,
            Certificates certificates,
            Optional<Login> login,
            Duration requestTimeout) {
        this(new Backend.Etcd(), nodes, srvRecord, srvScheme, certificates, login, requestTimeout);
    }

    /** The same with other nodes. */
    public StoreSettings withNodes(List<URI> found) {
        return new StoreSettings(backend, found, srvRecord, srvScheme, certificates, login, requestTimeout);
    }

    /**
     * PEM files, and whether the server's certificate is looked at.
     *
     * @param authorities trusted instead of the system's certificate authorities
     * @param client our certificate; never without {@code clientKey}
     * @param clientKey our private key, PKCS#8; never without {@code client}
     * @param serverCheck {@code SKIPPED} is confd's {@code -client-insecure}
     */
    public record Certificates(
            Optional<Path> authorities, Optional<Path> client, Optional<Path> clientKey, ServerCheck serverCheck) {

        /** The system's certificate authorities, no certificate of our own. */
        public static final Certificates SYSTEM =
                new Certificates(Optional.empty(), Optional.empty(), Optional.empty(), ServerCheck.DONE);
    }

    /** Whether the server has to show a certificate that we trust. */
    public enum ServerCheck {
        DONE,
        SKIPPED
    }

    /** A user of the store; prints without the password. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }
}
