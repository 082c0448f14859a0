package dev.segue.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code etcdctl watch} feeding a minimal C program, src/bench/c/floor.c. It writes one file, the first of the job. */
record Floor(Path binary, Path templates) implements Contestant {
    @Override
    public String name() {
        return "floor";
    }

    @Override
    public boolean polls() {
        return false;
    }

    @Override
    public List<Path> targets(Job job) {
        return List.of(job.resources().get(0).dest());
    }

    @Override
    public void configure(Job job) throws IOException {
        job.copy(templates.resolve(job.resources().get(0).template() + ".floor"), template(job));
    }

    @Override
    public List<String> command(Job job, Run run) {
        if (run == Run.POLL) {
            throw new IllegalArgumentException("the floor does not poll");
        }
        Resource resource = job.resources().get(0);
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        if (run == Run.ONCE) {
            command.add("-once");
        }
        command.addAll(List.of(
                job.etcd().url(),
                Job.PREFIX + "/",
                template(job).toString(),
                resource.dest().toString()));
        resource.reload().ifPresent(command::add);
        return command;
    }

    private static Path template(Job job) {
        return job.folder().resolve("template");
    }
}
