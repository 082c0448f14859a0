package dev.segue.store.zookeeper;

import dev.segue.keys.ByteText;
import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.common.PathUtils;

/**
 * The keys of some trees, walked once and kept up to date by the nodes that changed, over one connection. For one thread.
 *
 * <p>A node's data is its key's value. One that has nodes below it and no data is a folder and no key.
 */
final class WatchedTrees {
    private static final String SYSTEM = "/zookeeper";

    private final ZooKeeperConnection connection;
    private final KeyRanges ranges;
    private final Map<String, KeyEntry> entries = new TreeMap<>();

    /** Noted by the client's event thread. */
    private final Set<String> changed = ConcurrentHashMap.newKeySet();

    private WatchedTrees(ZooKeeperConnection connection, KeyRanges ranges) {
        this.connection = connection;
        this.ranges = ranges;
    }

    /** What {@code ranges} hold; from now on {@code told} runs after each change. */
    static WatchedTrees walk(ZooKeeperConnection connection, KeyRanges ranges, Runnable told) throws ZooKeeperFailure {
        WatchedTrees trees = new WatchedTrees(connection, ranges);
        List<String> tops = ranges.paths().stream()
                .map(KeyPath::value)
                .filter(WatchedTrees::canBe)
                .toList();
        for (String top : tops) {
            connection.watch(top, event -> {
                trees.note(event);
                told.run();
            });
        }
        List<String> level = tops;
        while (!level.isEmpty()) {
            level = trees.below(trees.take(level));
        }
        return trees;
    }

    /** True if they are still told of what changes in exactly {@code wanted}. */
    boolean cover(KeyRanges wanted) {
        return ranges.equals(wanted) && !connection.isLost();
    }

    /** True if anything changed since the last look. */
    boolean refresh() throws ZooKeeperFailure {
        connection.sync();
        List<String> news = new ArrayList<>(changed);
        // Before they are read: what changes now is news again.
        changed.removeAll(Set.copyOf(news));
        take(news);
        return !news.isEmpty();
    }

    Collection<KeyEntry> entries() {
        return entries.values();
    }

    private void note(WatchedEvent event) {
        String path = event.getPath();
        if (path == null || KeyPath.of(SYSTEM).holds(path)) {
            return;
        }
        changed.add(path);
        // Whose first or last node below this was: a folder turns into a key, or a key into a folder.
        String parent = KeyPath.of(path + "/..").value();
        if (ranges.holds(parent)) {
            changed.add(parent);
        }
    }

    /** Reads the nodes {@code paths} anew; returns those of them that have others below. */
    private List<String> take(List<String> paths) throws ZooKeeperFailure {
        List<String> parents = new ArrayList<>();
        List<Optional<CuratorEvent>> answers = connection.data(paths);
        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            Optional<CuratorEvent> node = answers.get(i);
            boolean hasBelow =
                    node.map(found -> found.getStat().getNumChildren() > 0).orElse(false);
            if (hasBelow) {
                parents.add(path);
            }
            byte[] data = node.map(CuratorEvent::getData).orElse(new byte[0]);
            if (node.isEmpty() || (hasBelow && data.length == 0)) {
                entries.remove(path);
            } else {
                entries.put(path, new KeyEntry(path, ByteText.decode(data)));
            }
        }
        return parents;
    }

    private List<String> below(List<String> parents) throws ZooKeeperFailure {
        Set<String> below = new TreeSet<>();
        List<Optional<CuratorEvent>> answers = connection.children(parents);
        for (int i = 0; i < parents.size(); i++) {
            String parent = parents.get(i).equals("/") ? "" : parents.get(i);
            answers.get(i).map(CuratorEvent::getChildren).orElse(List.of()).stream()
                    .map(name -> parent + "/" + name)
                    .filter(path -> !path.equals(SYSTEM))
                    .forEach(below::add);
        }
        return List.copyOf(below);
    }

    /** Not all that may be written in conf.d may be the name of a node. */
    private static boolean canBe(String path) {
        try {
            PathUtils.validatePath(path);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
