package dev.segue.cutover;

import com.google.gson.stream.JsonWriter;
import dev.segue.settings.Membership;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** What members say, for programs: one object with an array of members. */
final class StatusJson {
    private StatusJson() {}

    static String of(Map<Membership, Member> members) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject().name("members").beginArray();
            for (Map.Entry<Membership, Member> each : members.entrySet()) {
                Member member = each.getValue();
                json.beginObject();
                json.name("group").value(each.getKey().group());
                json.name("member").value(each.getKey().member());
                if (member.acknowledgement().isPresent()) {
                    AcknowledgementJson.write(json, member.acknowledgement().get());
                } else {
                    json.name("problem").value(member.problem().orElse(""));
                }
                json.endObject();
            }
            json.endArray().endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
