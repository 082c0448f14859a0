package dev.segue.store.etcd;

import java.util.Map;

/** Netty for one connection that mostly rests, rather than for a server; what somebody has set with -D stays. */
final class NettyTuning {
    private static final Map<String, String> PROPERTIES = Map.of(
            // Its events for the flight recorder start all of the JDK's recorder: a quarter of the time to the first
            // file.
            "io.netty.jfr.enabled", "false",
            // Pools and caches for each thread hold more memory than a connection ever uses at a time.
            "io.netty.allocator.type", "unpooled",
            "io.grpc.netty.useCustomAllocator", "false");

    private NettyTuning() {}

    /** Must run before anything of Netty's; later it has no effect. */
    static void apply() {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
