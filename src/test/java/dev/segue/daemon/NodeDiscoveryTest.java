package dev.segue.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.dns.Dns;
import dev.segue.dns.DnsException;
import dev.segue.dns.SrvRecord;
import dev.segue.settings.StoreSettings;
import dev.segue.settings.StoreSettings.Certificates;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class NodeDiscoveryTest {
    private static final String RECORD = "_etcd-client._tcp.example.com";

    @Test
    void resolve_srvRecord_givesItsTargetsMostPreferredFirst() throws DnsException {
        Dns dns = answering(
                new SrvRecord("c.example.com", 2379, 20, 0),
                new SrvRecord("b.example.com", 2380, 10, 5),
                new SrvRecord("a.example.com", 2379, 10, 60));

        assertThat(new NodeDiscovery(dns).resolve(settings(Optional.of(RECORD))).nodes())
                .containsExactly(
                        URI.create("https://a.example.com:2379"),
                        URI.create("https://b.example.com:2380"),
                        URI.create("https://c.example.com:2379"));
    }

    @Test
    void resolve_serviceDecidedlyNotThere_saysSo() {
        Dns dns = answering(new SrvRecord("", 0, 0, 0));

        assertThatThrownBy(() -> new NodeDiscovery(dns).resolve(settings(Optional.of(RECORD))))
                .isInstanceOf(DnsException.class)
                .hasMessage(RECORD + ": DNS says that there is no such service");
    }

    /** DNS takes any text for a name; a URL takes only a host name, and would silently have no host at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {"etcd_1.example.com", "a b.example.com", "-a.example.com", "a%2fb", "[::1", "\u00fc.example"})
    void resolve_targetThatIsNoHostName_isLeftOut(String target) throws DnsException {
        SrvRecord bad = new SrvRecord(target, 2379, 1, 0);
        Dns mixed = answering(bad, new SrvRecord("b.example.com", 2380, 10, 5));

        assertThat(new NodeDiscovery(mixed)
                        .resolve(settings(Optional.of(RECORD)))
                        .nodes())
                .containsExactly(URI.create("https://b.example.com:2380"));
        assertThatThrownBy(() -> new NodeDiscovery(answering(bad)).resolve(settings(Optional.of(RECORD))))
                .isInstanceOf(DnsException.class)
                .hasMessage(RECORD + ": no target of it is a host name");
    }

    @Test
    void resolve_noSrvRecord_leavesTheNodesAndAsksNobody() throws DnsException {
        StoreSettings settings = settings(Optional.empty());

        assertThat(new NodeDiscovery(answering()).resolve(settings)).isSameAs(settings);
    }

    private static StoreSettings settings(Optional<String> srvRecord) {
        return new StoreSettings(
                List.of(URI.create("http://127.0.0.1:2379")),
                srvRecord,
                "https",
                Certificates.SYSTEM,
                Optional.empty(),
                Duration.ofSeconds(3));
    }

    private static Dns answering(SrvRecord... records) {
        return new Dns() {
            @Override
            public List<InetAddress> addresses(String host) {
                throw new AssertionError("nobody asked for the address of " + host);
            }

            @Override
            public List<SrvRecord> services(String name) {
                assertThat(name).isEqualTo(RECORD);
                return List.of(records);
            }
        };
    }
}
