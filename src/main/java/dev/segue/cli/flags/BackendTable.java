package dev.segue.cli.flags;

import dev.segue.resource.StoreTable;
import dev.segue.settings.Problem;
import dev.segue.settings.StoreSettings;
import dev.segue.toml.TomlTable;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads {@code [backend]} of a resource file: it says of its store what flags and configuration file say of the run's own. */
public final class BackendTable implements StoreTable {
    /** Those of the run, and those that need DNS, which may answer one way now and another way then. */
    private static final Set<Flag> NOT_HERE =
            EnumSet.of(Flag.ACKNOWLEDGE, Flag.MEMBER, Flag.SRV_DOMAIN, Flag.SRV_RECORD);

    @Override
    public Optional<StoreSettings> read(TomlTable table, Consumer<Problem> notes) {
        Findings findings = new Findings();
        Map<Flag, List<Given>> values = new EnumMap<>(Flag.class);
        Map<String, String> keyByPlace = new HashMap<>();
        Set<Flag> flags = StoreKind.allFlags();
        flags.add(Flag.BACKEND);
        flags.removeAll(NOT_HERE);
        for (Flag flag : flags) {
            if (table.tables().containsKey(flag.key())) {
                continue;
            }
            List<Given> given = ConfigFile.given(table, flag, Given.Source.STORE_TABLE);
            if (!given.isEmpty()) {
                values.put(flag, given);
                keyByPlace.put(table.where(flag.key()), flag.key());
            }
        }
        StoreSettings settings = new StoreReader(new Inputs(List.of(values), findings), findings).read();
        findings.problems()
                .forEach(problem ->
                        table.problem(keyByPlace.getOrDefault(problem.where(), Flag.BACKEND.key()), problem.what()));
        findings.warnings().forEach(notes);
        return findings.problems().isEmpty() ? Optional.of(settings) : Optional.empty();
    }
}
