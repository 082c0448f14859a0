package dev.segue.keyfile;

import dev.segue.keys.ByteText;
import dev.segue.keys.KeyPath;
import dev.segue.settings.ProblemsException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** Makes keys of YAML's events. Used once, by one thread. */
final class YamlKeys {
    private static final int MOST_LEVELS = 100;
    private static final String BINARY = "tag:yaml.org,2002:binary";
    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

    private final Collected keys;
    private final Deque<Level> open = new ArrayDeque<>();
    private int documents;

    YamlKeys(Collected keys) {
        this.keys = keys;
    }

    /** @throws ProblemsException if what follows is not worth reading */
    void take(Event event) throws ProblemsException {
        if (event instanceof DocumentStartEvent && ++documents > 1) {
            problem(event, "a second document; keys come in one");
        } else if (event instanceof AliasEvent) {
            problem(event, "an alias; keys and values are written out");
            nextPath();
        } else if (event instanceof CollectionStartEvent start) {
            startLevel(start);
        } else if (event instanceof CollectionEndEvent) {
            open.pop();
        } else if (event instanceof ScalarEvent scalar) {
            scalar(scalar);
        }
    }

    private void startLevel(CollectionStartEvent start) throws ProblemsException {
        if (open.size() == MOST_LEVELS) {
            throw keys.end(line(start), "nested deeper than " + MOST_LEVELS + " maps and lists");
        }
        Level parent = open.peek();
        boolean asKey = parent != null && parent.awaitsName();
        KeyPath path = nextPath();
        if (parent != null && asKey) {
            problem(start, "a map or list as a key");
            // So that what follows it still counts as its value.
            parent.name = Optional.of("?");
        }
        open.push(new Level(path, start instanceof MappingStartEvent));
    }

    private void scalar(ScalarEvent scalar) throws ProblemsException {
        Level level = open.peek();
        if (level == null) {
            if (!isNothing(scalar)) {
                problem(scalar, "a lone value; needed is a map of keys");
            }
        } else if (level.awaitsName()) {
            level.name = Optional.of(scalar.getValue());
        } else {
            put(nextPath(), scalar);
        }
    }

    private void put(KeyPath path, ScalarEvent scalar) throws ProblemsException {
        try {
            keys.put(line(scalar), path, value(scalar));
        } catch (IllegalArgumentException e) {
            problem(scalar, "key " + Collected.shown(path) + ": not base64 (A-Z a-z 0-9 + / and = at the end)");
        }
    }

    private static String value(ScalarEvent scalar) {
        if (scalar.getTag().filter(BINARY::equals).isPresent()) {
            return ByteText.decode(Base64.getDecoder().decode(scalar.getValue().replaceAll("\\s", "")));
        }
        return isNothing(scalar) ? "" : scalar.getValue();
    }

    private static boolean isNothing(ScalarEvent scalar) {
        return scalar.isPlain() && NOTHING.contains(scalar.getValue());
    }

    /** Where the value that comes next belongs; the level above is then done with it. */
    private KeyPath nextPath() {
        Level level = open.peek();
        if (level == null) {
            return KeyPath.ROOT;
        }
        String name = level.isMap ? level.name.orElse("") : String.valueOf(level.elements++);
        level.name = Optional.empty();
        return level.path.resolve(name);
    }

    private void problem(Event event, String what) throws ProblemsException {
        keys.problem(line(event), what);
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    /** A map or list that is not closed yet. */
    private static final class Level {
        private final KeyPath path;
        private final boolean isMap;
        private Optional<String> name = Optional.empty();
        private int elements;

        Level(KeyPath path, boolean isMap) {
            this.path = path;
            this.isMap = isMap;
        }

        boolean awaitsName() {
            return isMap && name.isEmpty();
        }
    }
}
