package dev.segue.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Segue, with the flags of its README and nothing else. */
record Segue(List<String> launcher, Path templates) implements Contestant {
    Segue {
        launcher = List.copyOf(launcher);
    }

    @Override
    public String name() {
        return "segue";
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
            Files.writeString(file, ResourceText.of(resource, resource.template() + ".ftl"));
            job.copy(
                    templates.resolve(resource.template() + ".ftl"),
                    job.folder().resolve("templates/" + resource.template() + ".ftl"));
        }
    }

    @Override
    public List<String> command(Job job, Run run) {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(
                switch (run) {
                    case WATCH -> List.of("--watch");
                    case POLL -> List.of("--interval", "1s");
                    case ONCE -> List.of("--onetime");
                });
        command.addAll(List.of(
                "--confdir", job.folder().toString(), "--state-dir", job.state().toString()));
        command.add(job.etcd().url());
        return command;
    }
}
