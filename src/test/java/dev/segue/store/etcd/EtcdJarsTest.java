package dev.segue.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds pom.xml to account for what it leaves out below jetcd, and for what it must not leave out. */
@Timeout(20)
class EtcdJarsTest {
    private static final Pattern NETTY = Pattern.compile("netty-[a-z0-9-]+?-(\\d.*)\\.jar");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grpc-context",
                "jackson-core",
                "jackson-databind",
                "javax.annotation-api",
                "jetcd-api",
                "listenablefuture",
                "netty-codec-classes-quic",
                "netty-codec-compression",
                "netty-codec-dns",
                "netty-codec-http3",
                "netty-codec-socks",
                "netty-handler-proxy",
                "netty-resolver-dns",
                "netty-tcnative-classes",
                "proto-google-common-protos",
            })
    void classPath_lacksWhatAClientOfKeysWatchesAndLeasesNeverLoads(String artifact) {
        assertThat(jars()).noneMatch(jar -> jar.matches(Pattern.quote(artifact) + "-\\d.*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.google.common.util.concurrent.ListenableFuture",
                "com.google.protobuf.ByteString",
                "dev.failsafe.Failsafe",
                "io.grpc.Context",
                "io.grpc.netty.NettyChannelBuilder",
                "io.netty.handler.codec.http2.Http2Connection",
                "io.perfmark.PerfMark",
                "io.vertx.core.Future",
                "io.vertx.grpc.VertxChannelBuilder",
            })
    void classPath_hasWhatJetcdLoads(String type) {
        assertThatCode(() -> Class.forName(type, false, getClass().getClassLoader()))
                .doesNotThrowAnyException();
    }

    @Test
    void netty_isOfOneVersion() {
        TreeSet<String> versions = jars().stream()
                .map(NETTY::matcher)
                .filter(Matcher::matches)
                .map(jar -> jar.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(versions).hasSize(1);
    }

    private static List<String> jars() {
        String paths = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(paths.split(File.pathSeparator, -1))
                .map(path -> Path.of(path).getFileName().toString())
                .filter(name -> name.endsWith(".jar"))
                .toList();
    }
}
