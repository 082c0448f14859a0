/**
 * Names of the network: addresses of a host and SRV records of a service.
 *
 * <p>A leaf: imports the JDK alone (its resolver and JNDI's DNS provider, module {@code jdk.naming.dns}). Calls block until
 * the name servers answer or are given up; any thread may call.
 *
 * <p><b>Why two resolvers?</b> Addresses come from the system's resolver, so {@code /etc/hosts} and {@code nsswitch.conf}
 * count as they do for every other program of the machine. It knows nothing of SRV records, so those are asked from the
 * name servers of {@code /etc/resolv.conf} directly. That resolver knows no search domains: an SRV name is always whole.
 */
@NullMarked
package dev.segue.dns;

import org.jspecify.annotations.NullMarked;
