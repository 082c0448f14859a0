package dev.segue.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Somebody who can keep files in step with etcd. */
interface Contestant {
    String name();

    /** Whether it knows {@link Run#POLL}. */
    boolean polls();

    /** Writes what it needs to know of the job into the job's folder. */
    void configure(Job job) throws IOException;

    List<String> command(Job job, Run run);

    /** The files that it will write. */
    default List<Path> targets(Job job) {
        return job.resources().stream().map(Resource::dest).toList();
    }

    default Map<String, String> environment(Job job) {
        return Map.of();
    }

    default Program start(Session session, Job job, Run run) throws BenchException {
        return session.start(job.log(), environment(job), command(job, run));
    }
}
