package dev.segue.cli.cutover;

import dev.segue.cli.flags.Findings;
import dev.segue.cli.flags.Flag;
import dev.segue.cli.flags.Given;
import dev.segue.cli.flags.Inputs;
import dev.segue.settings.InvalidValueException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a switch puts and what it deletes, both in order; prints without values. */
record KeyChanges(Map<String, String> puts, List<String> deletes) {
    KeyChanges {
        puts = Collections.unmodifiableMap(new LinkedHashMap<>(puts));
        deletes = List.copyOf(deletes);
    }

    /** Nothing at all, a key with two values, and one that is put and deleted are problems. */
    static KeyChanges read(Inputs inputs, Findings findings) {
        List<Given> put = inputs.all(Flag.PUT);
        List<Given> deleted = inputs.all(Flag.DELETE);
        if (put.isEmpty() && deleted.isEmpty()) {
            findings.usageProblem(
                    Flag.PUT.option(), "is missing, and so is --delete (a switch changes at least one key)");
        }
        Map<String, String> puts = new LinkedHashMap<>();
        for (Given given : put) {
            inputs.parsed(given, KeyChanges::entry).ifPresent(entry -> {
                if (puts.putIfAbsent(entry.getKey(), entry.getValue()) != null) {
                    findings.problem(given, "puts " + entry.getKey() + " twice (a key has one value)");
                }
            });
        }
        return new KeyChanges(puts, deletes(deleted, puts.keySet(), inputs, findings));
    }

    private static List<String> deletes(List<Given> deleted, Set<String> puts, Inputs inputs, Findings findings) {
        Set<String> deletes = new LinkedHashSet<>();
        for (Given given : deleted) {
            inputs.parsed(given, StoreKey::parse).ifPresent(key -> {
                if (puts.contains(key)) {
                    findings.problem(given, "deletes " + key + ", which is put too (only one of the two)");
                }
                deletes.add(key);
            });
        }
        return List.copyOf(deletes);
    }

    /** Of {@code KEY=VALUE}; if it is not that, any part of it may be the value, and that a password. */
    private static Map.Entry<String, String> entry(String text) throws InvalidValueException {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new InvalidValueException("has no = between key and value (KEY=VALUE; the text is not shown here)");
        }
        String key = text.substring(0, equals);
        if (!StoreKey.isOne(key)) {
            throw new InvalidValueException(
                    "has a key that does not start with a slash (/KEY=VALUE; the text is not shown here)");
        }
        return Map.entry(key, text.substring(equals + 1));
    }

    @Override
    public String toString() {
        return "put " + puts.keySet() + ", delete " + deletes;
    }
}
