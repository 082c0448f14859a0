package dev.segue.reconcile;

import java.io.PrintStream;
import java.util.List;

public final class Preview {
    public Preview(PrintStream out, List<String> secretKeys) {}

    void show(
            dev.segue.resource.Resource resource,
            dev.segue.keys.KeySnapshot keys,
            java.util.Optional<byte[]> current,
            byte[] wanted) {}
}
