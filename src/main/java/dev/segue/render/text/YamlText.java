package dev.segue.render.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML 1.2 as plain data: {@code yes} is text, no tag builds an object, aliases can't blow a small text up, and a
 * key stands once in a map.
 */
public final class YamlText {
    private static final int MOST_ALIASES = 20;
    private static final int DEEPEST = 100;

    /** Each takes some 300 bytes while it is read, and several templates may do that at a time. */
    private static final int MOST_VALUES = 100_000;

    private static final int LONGEST = 16 << 20;

    /** YAML's reader copies all that it has each time that it fetches more. */
    private static final int MOST_AT_A_TIME = 1 << 20;

    private YamlText() {}

    /** The maps, lists, texts, numbers and truth values of the one document in {@code yaml}; null of an empty one. */
    public static @Nullable Object parse(String yaml) throws BadTextException {
        try {
            refuseTooMuch(yaml);
            return new Load(settings(yaml)).loadFromString(yaml);
        } catch (MarkedYamlEngineException e) {
            // snakeyaml's own words would quote the text.
            throw bad(e.getProblemMark().or(e::getContextMark));
        } catch (YamlEngineException e) {
            throw bad(Optional.empty());
        }
    }

    /** snakeyaml builds by recursion, so depth would end in a stack overflow, a list within itself in endless output, and a long one in a full memory. */
    private static void refuseTooMuch(String yaml) throws BadTextException {
        Deque<Optional<Anchor>> open = new ArrayDeque<>();
        int values = 0;
        for (Event event : new Parse(settings(yaml)).parseString(yaml)) {
            if (event instanceof CollectionStartEvent start) {
                open.push(start.getAnchor());
            } else if (event instanceof CollectionEndEvent) {
                open.pop();
            } else if (event instanceof AliasEvent alias && open.contains(Optional.of(alias.getAlias()))) {
                throw bad(event.getStartMark());
            }
            values += event instanceof NodeEvent ? 1 : 0;
            if (open.size() > DEEPEST || values > MOST_VALUES) {
                throw bad(event.getStartMark());
            }
        }
    }

    private static LoadSettings settings(String yaml) {
        return LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setCodePointLimit(LONGEST)
                .setBufferSize(Math.min(yaml.length() + 1, MOST_AT_A_TIME))
                .build();
    }

    private static BadTextException bad(Optional<Mark> place) {
        String where = place.map(
                        mark -> " (at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ")")
                .orElse("");
        return new BadTextException("not YAML that can be taken as plain data" + where
                + ": one document, no key twice in a map, no tags of programs, at most " + DEEPEST
                + " deep, not more than "
                + MOST_VALUES + " names and values");
    }
}
