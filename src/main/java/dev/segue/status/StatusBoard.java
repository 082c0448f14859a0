package dev.segue.status;

import java.util.Collection;
import java.util.List;

/** Holds the latest picture of all resources. */
public final class StatusBoard {
    private volatile List<ResourceStatus> picture = List.of();

    /** Replaces the picture, all of it at once. */
    public void publish(Collection<ResourceStatus> resources) {
        picture = List.copyOf(resources);
    }

    /** The picture published last; empty before the first pass. */
    public List<ResourceStatus> picture() {
        return picture;
    }
}
