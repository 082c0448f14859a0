package dev.segue.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.CompositeName;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/**
 * Asks this machine's resolver for addresses and its name servers for SRV records.
 *
 * <p>The JDK remembers an address it found for 30 s and a failure for 10 s. An SRV question is sent twice to each name
 * server, waiting 1 s and then 2 s.
 */
public final class SystemDns implements Dns {
    private static final String FIRST_TIMEOUT_MILLIS = "1000";
    private static final String TRIES = "2";

    private final String servers;

    /** Asks the name servers of {@code /etc/resolv.conf}. */
    public SystemDns() {
        this("dns:");
    }

    /** Asks {@code servers}, as {@code dns://127.0.0.1:5353}, for SRV records. */
    SystemDns(String servers) {
        this.servers = servers;
    }

    @Override
    public List<InetAddress> addresses(String host) throws DnsException {
        try {
            if (host.isEmpty()) {
                throw new UnknownHostException("Java takes an empty name for the loopback address");
            }
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            throw new DnsException(host + ": no address found", e);
        }
    }

    @Override
    @SuppressWarnings("JdkObsolete") // JNDI takes no other kind of map.
    public List<SrvRecord> services(String name) throws DnsException {
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        settings.put(Context.PROVIDER_URL, servers);
        settings.put("com.sun.jndi.dns.timeout.initial", FIRST_TIMEOUT_MILLIS);
        settings.put("com.sun.jndi.dns.timeout.retries", TRIES);
        try {
            DirContext context = new InitialDirContext(settings);
            try {
                return records(name, context);
            } finally {
                context.close();
            }
        } catch (NameNotFoundException e) {
            throw new DnsException(name + ": no SRV record found", e);
        } catch (NamingException e) {
            throw new DnsException(name + ": no answer from the name servers", e);
        }
    }

    // The danger of JNDI is a provider that builds objects from what it is sent; this one is fixed, and gives plain
    // text.
    @SuppressWarnings("BanJNDI")
    private static List<SrvRecord> records(String name, DirContext context) throws NamingException {
        Attribute answers = context.getAttributes(new CompositeName().add(name), new String[] {"SRV"})
                .get("SRV");
        if (answers == null) {
            throw new NameNotFoundException(name);
        }
        List<SrvRecord> records = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            records.add(record(String.valueOf(answers.get(i))));
        }
        return records;
    }

    /** JNDI gives the four fields as one text: {@code 10 60 2379 a.example.com.}. */
    private static SrvRecord record(String text) {
        String[] fields = text.split(" ", 4);
        String target = fields[3].endsWith(".") ? fields[3].substring(0, fields[3].length() - 1) : fields[3];
        return new SrvRecord(
                target, Integer.parseInt(fields[2]), Integer.parseInt(fields[0]), Integer.parseInt(fields[1]));
    }
}
