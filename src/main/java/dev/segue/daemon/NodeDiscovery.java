package dev.segue.daemon;

import dev.segue.dns.Dns;
import dev.segue.dns.DnsException;
import dev.segue.dns.SrvRecord;
import dev.segue.settings.StoreSettings;
import java.net.URI;
import java.util.Comparator;
import java.util.List;

/** Finds the store's nodes through DNS where the settings name an SRV record instead of them. */
final class NodeDiscovery {
    private final Dns dns;

    NodeDiscovery(Dns dns) {
        this.dns = dns;
    }

    /**
     * The settings with their nodes filled in, the record's most preferred ones first; those without an SRV record come
     * back as they are. Blocks as long as DNS does.
     *
     * @throws DnsException if the record names no node
     */
    StoreSettings resolve(StoreSettings settings) throws DnsException {
        if (settings.srvRecord().isEmpty()) {
            return settings;
        }
        List<URI> nodes = dns.services(settings.srvRecord().get()).stream()
                .filter(record -> !record.target().isEmpty())
                .sorted(Comparator.comparingInt(SrvRecord::priority)
                        .thenComparing(SrvRecord::weight, Comparator.reverseOrder())
                        .thenComparing(SrvRecord::target))
                .map(record -> URI.create(settings.srvScheme() + "://" + record.target() + ":" + record.port()))
                .toList();
        if (nodes.isEmpty()) {
            throw new DnsException(settings.srvRecord().get() + ": DNS says that there is no such service");
        }
        return settings.withNodes(nodes);
    }
}
