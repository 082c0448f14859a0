package dev.segue.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.segue.testing.EtcdOptions.Peers;
import java.net.URI;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Three real etcds that are one store, new for each test: register it as an instance field with
 * {@code @RegisterExtension}. Where there is no {@code etcd} in the path the tests are skipped.
 */
public final class EtcdCluster implements BeforeEachCallback, AfterEachCallback {
    private final List<EtcdServer> members;

    private EtcdCluster(List<EtcdServer> members) {
        this.members = members;
    }

    public static EtcdCluster ofThree() {
        TreeMap<String, Integer> ports = new TreeMap<>();
        List.of("one", "two", "three").forEach(name -> ports.put(name, FreePorts.next()));
        String cluster = ports.entrySet().stream()
                .map(member -> Peers.member(member.getKey(), member.getValue()))
                .collect(Collectors.joining(","));
        return new EtcdCluster(ports.entrySet().stream()
                .map(member -> EtcdServer.member(new Peers(member.getKey(), member.getValue(), cluster)))
                .toList());
    }

    /** The three, each of which takes all requests. */
    public List<EtcdServer> members() {
        return members;
    }

    /** Where clients connect, in the order of {@link #members}. */
    public List<URI> urls() {
        return members.stream().map(EtcdServer::url).toList();
    }

    /** The member that leads, as {@code asked}, which must be running, sees it. */
    public EtcdServer leader(EtcdServer asked) {
        String leader = status(asked).get("leader").getAsString();
        return members.stream()
                .filter(EtcdServer::answers)
                .filter(member -> id(member).equals(leader))
                .findFirst()
                .orElseThrow();
    }

    /** Has {@code heir} lead instead of the member that does. */
    public void moveLeaderTo(EtcdServer heir) {
        JsonObject request = new JsonObject();
        request.addProperty("targetID", id(heir));
        leader(heir).post("/v3/maintenance/transfer-leadership", request);
    }

    private static String id(EtcdServer member) {
        return status(member).getAsJsonObject("header").get("member_id").getAsString();
    }

    private static JsonObject status(EtcdServer member) {
        return member.post("/v3/maintenance/status", new JsonObject());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        assumeTrue(LocalEtcd.binary().isPresent(), "needs etcd in the path");
        members.forEach(EtcdServer::begin);
        members.forEach(EtcdServer::awaitHealth);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        members.forEach(EtcdServer::close);
    }
}
