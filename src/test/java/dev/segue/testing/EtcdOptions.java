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
 */
record EtcdOptions(
        int port,
        Optional<TestCertificates> certificates,
        EtcdServer.ClientAuth clientAuth,
        Optional<Login> login,
        int tokenSeconds) {

    String scheme() {
        return certificates.isPresent() ? "https" : "http";
    }

    /** etcd's arguments; short election timeouts and no fsync, because a test waits for every one of them. */
    List<String> arguments(String host, int clientPort, int peerPort) {
        String clients = scheme() + "://" + host + ":" + clientPort;
        String peers = "http://" + host + ":" + peerPort;
        List<String> arguments = new ArrayList<>(List.of(
                "--name=test",
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=test=" + peers,
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
