package dev.segue.daemon;

import dev.segue.dns.Dns;
import dev.segue.dns.DnsException;
import dev.segue.dns.SrvRecord;
import dev.segue.keys.PrintableText;
import dev.segue.settings.StoreSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the store's nodes through DNS where the settings name an SRV record instead of them. */
final class NodeDiscovery {
    private static final Logger LOG = LoggerFactory.getLogger(NodeDiscovery.class);

    private final Dns dns;

    NodeDiscovery(Dns dns) {
        this.dns = dns;
    }

    /**
     * The settings with their nodes filled in, the record's most preferred ones first; those without an SRV record come
     * back as they are. A target that is no host name (DNS itself takes any text for one) is left out, with a warning.
     * Blocks as long as DNS does.
     *
     * @throws DnsException if the record names no node, or none that is a host name
     */
    StoreSettings resolve(StoreSettings settings) throws DnsException {
        if (settings.srvRecord().isEmpty()) {
            return settings;
        }
        String name = settings.srvRecord().get();
        List<SrvRecord> records = dns.services(name).stream()
                .filter(record -> !record.target().isEmpty())
                .toList();
        if (records.isEmpty()) {
            throw new DnsException(name + ": DNS says that there is no such service");
        }
        List<URI> nodes = records.stream()
                .sorted(Comparator.comparingInt(SrvRecord::priority)
                        .thenComparing(SrvRecord::weight, Comparator.reverseOrder())
                        .thenComparing(SrvRecord::target))
                .flatMap(record -> node(name, settings.srvScheme(), record).stream())
                .toList();
        if (nodes.isEmpty()) {
            throw new DnsException(name + ": no target of it is a host name");
        }
        return settings.withNodes(nodes);
    }

    private static Optional<URI> node(String name, String scheme, SrvRecord record) {
        try {
            // Not the constructor of one argument: it takes what is no host name, and then has no host.
            return Optional.of(
                    new URI(scheme, null, record.target(), record.port(), null, null, null).parseServerAuthority());
        } catch (URISyntaxException e) {
            LOG.warn(
                    "{}: leaves out its target {}, which is no host name (letters, digits, hyphens, dots)",
                    name,
                    PrintableText.escape(record.target()));
            return Optional.empty();
        }
    }
}
