package dev.segue.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** An etcd in a container, on a fixed port of the loopback, for machines that have an engine and no etcd. */
final class ContainerEtcd implements EtcdProcess {
    private static final DockerImageName IMAGE = DockerImageName.parse("quay.io/coreos/etcd:v3.5.21");
    private static final Path TLS_FOLDER = Path.of("/tls");
    private static final String NEEDS_ETCDCTL = "needs the data folder of an etcd on this machine";
    private static final int CLIENT_PORT = 2379;

    private final EtcdOptions options;
    private @Nullable GenericContainer<?> container;

    ContainerEtcd(EtcdOptions options) {
        this.options = options;
    }

    static boolean engineAnswers() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    @Override
    public void start() {
        if (container == null) {
            container = create();
            container.start();
        } else {
            docker().startContainerCmd(container.getContainerId()).exec();
        }
    }

    @Override
    public void stop() {
        docker().stopContainerCmd(running().getContainerId()).exec();
    }

    @Override
    public void kill() {
        docker().killContainerCmd(running().getContainerId()).exec();
    }

    @Override
    public void pause() {
        docker().pauseContainerCmd(running().getContainerId()).exec();
    }

    @Override
    public void resume() {
        docker().unpauseContainerCmd(running().getContainerId()).exec();
    }

    @Override
    public void wipe() {
        close();
    }

    @Override
    public void save(Path file) {
        assumeTrue(false, NEEDS_ETCDCTL);
    }

    @Override
    public void restore(Path file) {
        assumeTrue(false, NEEDS_ETCDCTL);
    }

    @Override
    public String log() {
        return container == null ? "no container" : container.getLogs();
    }

    @Override
    public void close() {
        if (container != null) {
            container.stop();
            container = null;
        }
    }

    private GenericContainer<?> create() {
        List<String> command = new ArrayList<>(List.of("etcd", "--data-dir=/data"));
        command.addAll(options.arguments("0.0.0.0", CLIENT_PORT));
        GenericContainer<?> created = new GenericContainer<>(IMAGE);
        options.certificates().ifPresent(certificates -> {
            command.addAll(options.tlsArguments(TLS_FOLDER));
            created.withCopyToContainer(MountableFile.forHostPath(certificates.folder(), 0755), TLS_FOLDER.toString());
        });
        created.setPortBindings(List.of("127.0.0.1:" + options.port() + ":" + CLIENT_PORT));
        created.withCommand(command.toArray(new String[0]));
        return created;
    }

    private GenericContainer<?> running() {
        if (container == null) {
            throw new IllegalStateException("etcd was not started");
        }
        return container;
    }

    private static DockerClient docker() {
        return DockerClientFactory.instance().client();
    }
}
