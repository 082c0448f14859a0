package dev.segue.http;

import com.google.gson.stream.JsonWriter;
import dev.segue.settings.Build;
import dev.segue.status.Counts;
import dev.segue.status.Health;
import dev.segue.status.Picture;
import dev.segue.status.ResourceStatus;
import dev.segue.status.StoreStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A picture as JSON; what is not known, or not the case, is left out. */
final class StatusJson {
    private final Build build;

    StatusJson(Build build) {
        this.build = build;
    }

    String text(Picture picture, Health health) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setIndent("  ");
            json.setSerializeNulls(false);
            json.beginObject();
            json.name("version").value(build.version());
            json.name("commit").value(build.commit());
            json.name("started").value(shown(picture.started()));
            json.name("now").value(shown(picture.taken()));
            json.name("healthy").value(health.alive().isGood());
            json.name("ready").value(health.ready().isGood());
            lines(json, "not_healthy_because", health.alive().reasons());
            lines(json, "not_ready_because", health.ready().reasons());
            if (picture.isStoreRead()) {
                store(json.name("store"), picture.store());
            }
            json.name("other_stores").beginArray();
            for (StoreStatus other : picture.otherStores()) {
                store(json, other);
            }
            json.endArray();
            json.name("resources").beginArray();
            for (ResourceStatus resource : picture.resources()) {
                resource(json, resource);
            }
            json.endArray();
            refused(json.name("refused"), picture);
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    private static void store(JsonWriter json, StoreStatus store) throws IOException {
        json.beginObject();
        json.name("url").value(store.description());
        json.name("up").value(store.isUp());
        json.name("up_since").value(shown(store.upSince()));
        json.name("lost_since").value(shown(store.lostSince()));
        json.name("last_error").value(store.lastError().orElse(null));
        json.name("revision").value(number(store.revision()));
        json.name("reads").value(store.reads());
        json.name("read_failures").value(store.failures());
        json.endObject();
    }

    private static void resource(JsonWriter json, ResourceStatus resource) throws IOException {
        Counts counts = resource.counts();
        json.beginObject();
        json.name("name").value(resource.name());
        json.name("dest").value(resource.dest().toString());
        json.name("state").value(resource.state());
        json.name("applied").value(resource.isApplied());
        json.name("since").value(shown(resource.since()));
        json.name("reason").value(resource.reason().orElse(null));
        json.name("rung").value(resource.rung().map(rung -> rung.word()).orElse(null));
        json.name("revision").value(resource.revision());
        json.name("applied_revision").value(number(resource.appliedRevision()));
        json.name("applied_at").value(shown(resource.appliedAt()));
        json.name("owed_since").value(shown(resource.owedSince()));
        json.name("next_try").value(shown(resource.nextTry()));
        json.name("failures_in_a_row").value(resource.failures());
        json.name("passes").value(counts.passes());
        json.name("updates").value(counts.updates());
        json.name("failures").value(counts.failures());
        json.name("reloads").value(counts.reloads());
        json.name("reload_failures").value(counts.reloadFailures());
        json.name("roll_backs").value(counts.rollBacks());
        json.endObject();
    }

    private static void refused(JsonWriter json, Picture picture) throws IOException {
        json.beginArray();
        for (String name : picture.refused().keySet()) {
            json.beginObject();
            json.name("name").value(name);
            json.name("keeps_earlier").value(picture.keepsEarlier(name));
            lines(json, "problems", picture.refused().getOrDefault(name, List.of()));
            json.endObject();
        }
        json.endArray();
    }

    private static void lines(JsonWriter json, String name, List<String> lines) throws IOException {
        json.name(name).beginArray();
        for (String line : lines) {
            json.value(line);
        }
        json.endArray();
    }

    private static String shown(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static @Nullable String shown(Optional<Instant> time) {
        return time.map(StatusJson::shown).orElse(null);
    }

    private static @Nullable Long number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
