package dev.segue.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** confd, with the same resource files and a Go template that renders the same bytes. */
record Confd(String binary, Path templates) implements Contestant {
    @Override
    public String name() {
        return "confd";
    }

    @Override
    public boolean polls() {
        return true;
    }

    @Override
    public void configure(Job job) throws IOException {
        for (Resource resource : job.resources()) {
            Path file = job.folder().resolve("conf.d/" + resource.name() + ".toml");
            Files.createDirectories(file.getParent());
            Files.writeString(file, ResourceText.of(resource, resource.template() + ".tmpl"));
            job.copy(
                    templates.resolve(resource.template() + ".tmpl"),
                    job.folder().resolve("templates/" + resource.template() + ".tmpl"));
        }
    }

    @Override
    public List<String> command(Job job, Run run) {
        List<String> command = new ArrayList<>(List.of(binary));
        command.addAll(
                switch (run) {
                    case WATCH -> List.of("-watch");
                    case POLL -> List.of("-interval", "1");
                    case ONCE -> List.of("-onetime");
                });
        command.addAll(List.of(
                "-confdir",
                job.folder().toString(),
                "-backend",
                "etcdv3",
                "-node",
                job.etcd().url()));
        return command;
    }
}
