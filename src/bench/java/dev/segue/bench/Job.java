package dev.segue.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The work of one contestant: its own folder, its own etcd, its resources, and the words to replace in the templates. */
record Job(Path folder, Etcd etcd, List<Resource> resources, Map<String, String> words) {
    /** All keys lie below it. */
    static final String PREFIX = "/bench";

    Job {
        resources = List.copyOf(resources);
        words = Map.copyOf(words);
    }

    Path state() {
        return folder.resolve("state");
    }

    Path log() {
        return folder.resolve("log");
    }

    /** Puts a template of src/bench/templates where the contestant wants it. */
    void copy(Path template, Path to) throws IOException {
        String text = Files.readString(template);
        for (Map.Entry<String, String> word : words.entrySet()) {
            text = text.replace(word.getKey(), word.getValue());
        }
        Files.createDirectories(to.getParent());
        Files.writeString(to, text);
    }
}
