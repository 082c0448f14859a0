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
