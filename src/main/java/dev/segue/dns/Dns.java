package dev.segue.dns;

import java.net.InetAddress;
import java.util.List;

/** Answers what the network's names stand for. Any thread may call; both methods block until answered or given up. */
public interface Dns {
    /**
     * The addresses of {@code host}, at least one, in the resolver's order; of an address literal just that address.
     *
     * @throws DnsException if the name has no address or nobody answered
     */
    List<InetAddress> addresses(String host) throws DnsException;

    /**
     * The SRV records of {@code name}, as {@code _etcd-client._tcp.example.com}, at least one, in the server's order.
     *
     * @throws DnsException if the name has no SRV record or nobody answered
     */
    List<SrvRecord> services(String name) throws DnsException;
}
