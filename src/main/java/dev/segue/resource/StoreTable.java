package dev.segue.resource;

import dev.segue.settings.Problem;
import dev.segue.settings.StoreSettings;
import dev.segue.toml.TomlTable;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes of a table of a resource file, {@code [backend]}, where a store is and how to get in. */
public interface StoreTable {
    /**
     * The store that {@code table} tells of; empty if anything is wrong, which is a problem of the table then. Asks for every
     * key that may stand there. May read files that the table names.
     *
     * @param notes gets what is strange but not wrong
     */
    Optional<StoreSettings> read(TomlTable table, Consumer<Problem> notes);
}
