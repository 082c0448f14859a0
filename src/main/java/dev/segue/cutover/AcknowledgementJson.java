package dev.segue.cutover;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import dev.segue.cutover.Acknowledgement.Resource;
import dev.segue.cutover.Acknowledgement.Settlement;
import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An acknowledgement as the text that stands in the store: JSON of a format with a number. */
final class AcknowledgementJson {
    /** A reader refuses another one; what is only added to the format leaves the number as it is. */
    private static final int FORMAT = 1;

    private AcknowledgementJson() {}

    static String text(Acknowledgement acknowledgement) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            json.name("format").value(FORMAT);
            write(json, acknowledgement);
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** The inside of its object. */
    static void write(JsonWriter json, Acknowledgement acknowledgement) throws IOException {
        json.name("version").value(acknowledgement.version());
        json.name("resources").beginArray();
        for (Resource resource : acknowledgement.resources()) {
            write(json, resource);
        }
        json.endArray();
    }

    private static void write(JsonWriter json, Resource resource) throws IOException {
        json.beginObject();
        json.name("name").value(resource.name());
        json.name("dest").value(resource.dest());
        json.name("keys").beginArray();
        for (KeyPath path : resource.ranges().paths()) {
            json.value(path.value());
        }
        json.endArray();
        json.name("state").value(resource.state());
        json.name("revision").value(resource.revision());
        if (resource.applied().isPresent()) {
            json.name("applied_revision").value(resource.applied().getAsLong());
        }
        json.name("settled").value(resource.settlement().isAtLeast(Settlement.SETTLED));
        json.name("drained").value(resource.settlement().isAtLeast(Settlement.DRAINED));
        json.name("since").value(resource.since().truncatedTo(ChronoUnit.MILLIS).toString());
        if (resource.reason().isPresent()) {
            json.name("reason").value(resource.reason().get());
        }
        json.endObject();
    }

    /** @throws UnreadableException if this is no acknowledgement, or one of another format */
    static Acknowledgement parse(String text) throws UnreadableException {
        try {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            int format = required(json, "format").getAsInt();
            if (format != FORMAT) {
                throw new UnreadableException("its format is " + format + ", this Segue knows " + FORMAT);
            }
            List<Resource> resources = new ArrayList<>();
            for (JsonElement each : required(json, "resources").getAsJsonArray()) {
                resources.add(resource(each.getAsJsonObject()));
            }
            return new Acknowledgement(required(json, "version").getAsString(), resources);
        } catch (JsonParseException
                | IllegalStateException
                | UnsupportedOperationException
                | IllegalArgumentException
                | DateTimeException e) {
            throw new UnreadableException("it is no acknowledgement of a Segue");
        }
    }

    private static Resource resource(JsonObject json) throws UnreadableException {
        boolean settled = required(json, "settled").getAsBoolean();
        boolean drained = required(json, "drained").getAsBoolean();
        return new Resource(
                required(json, "name").getAsString(),
                required(json, "dest").getAsString(),
                ranges(required(json, "keys").getAsJsonArray()),
                required(json, "state").getAsString(),
                required(json, "revision").getAsLong(),
                json.has("applied_revision")
                        ? OptionalLong.of(json.get("applied_revision").getAsLong())
                        : OptionalLong.empty(),
                drained ? Settlement.DRAINED : settled ? Settlement.SETTLED : Settlement.OLD_ACCEPT,
                Instant.parse(required(json, "since").getAsString()),
                Optional.ofNullable(json.get("reason")).map(JsonElement::getAsString));
    }

    private static JsonElement required(JsonObject json, String name) throws UnreadableException {
        JsonElement element = json.get(name);
        if (element == null) {
            throw new UnreadableException("it does not say \"" + name + "\"");
        }
        return element;
    }

    private static KeyRanges ranges(JsonArray paths) {
        List<KeyPath> keys = new ArrayList<>();
        paths.forEach(path -> keys.add(KeyPath.of(path.getAsString())));
        return KeyRanges.covering(keys);
    }

    /** Somebody wrote something else there, or a Segue of another time. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }
}
