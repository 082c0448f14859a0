package dev.segue.testing;

import dev.segue.settings.StoreSettings.Login;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How one test wants its etcd.
 *
 * @param port where clients connect
 * @param certificates makes it speak TLS
 * @param clientAuth whether each client has to show a certificate
 * @param login the user that may do everything; switches etcd's authentication on
 * @param tokenSeconds how long a login is good for
 * @param peers the cluster that it is a member of
 */
record EtcdOptions(
        int port,
        Optional<TestCertificates> certificates,
        EtcdServer.ClientAuth clientAuth,
        Optional<Login> login,
        int tokenSeconds,
        Peers peers) {

    /**
     * A place in a cluster.
     *
     * @param cluster all members as etcd wants them, {@code NAME=http://127.0.0.1:PORT,...}
     */
    record Peers(String name, int port, String cluster) {
        /** Of a cluster of one. */
        static Peers none() {
            int port = FreePorts.next();
            return new Peers("test", port, member("test", port));
        }

        static String member(String name, int port) {
            return name + "=http://127.0.0.1:" + port;
        }
    }

    String scheme() {
        return certificates.isPresent() ? "https" : "http";
    }

    /** etcd's arguments; short election timeouts and no fsync, because a test waits for every one of them. */
    List<String> arguments(String host, int clientPort) {
        String clients = scheme() + "://" + host + ":" + clientPort;
        String own = "http://127.0.0.1:" + peers.port();
        List<String> arguments = new ArrayList<>(List.of(
                "--name=" + peers.name(),
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + own,
                "--initial-advertise-peer-urls=" + own,
                "--initial-cluster=" + peers.cluster(),
                "--heartbeat-interval=20",
                "--election-timeout=200",
                "--unsafe-no-fsync",
                "--auth-token-ttl=" + tokenSeconds));
        return arguments;
    }

    /** etcd's arguments for TLS, with the certificates in {@code folder}. */
    List<String> tlsArguments(Path folder) {
        List<String> arguments = new ArrayList<>(List.of(
                "--cert-file=" + folder.resolve(TestCertificates.SERVER_CERTIFICATE),
                "--key-file=" + folder.resolve(TestCertificates.SERVER_KEY)));
        if (clientAuth == EtcdServer.ClientAuth.REQUIRED) {
            arguments.add("--client-cert-auth");
            arguments.add("--trusted-ca-file=" + folder.resolve(TestCertificates.AUTHORITY));
        }
        return arguments;
    }
}
