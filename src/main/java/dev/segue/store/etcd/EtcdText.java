package dev.segue.store.etcd;

import dev.segue.keys.ByteText;
import dev.segue.keys.KeyEntry;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;

/** Between etcd's bytes and our text, without loss. */
final class EtcdText {
    private EtcdText() {}

    static ByteSequence bytes(String text) {
        return ByteSequence.from(ByteText.encode(text));
    }

    static String text(ByteSequence bytes) {
        return ByteText.decode(bytes.getBytes());
    }

    static KeyEntry entry(KeyValue kv) {
        return new KeyEntry(text(kv.getKey()), text(kv.getValue()));
    }
}
