package dev.segue.dns;

/**
 * Where a service is to be found, as DNS says (RFC 2782).
 *
 * @param target the host's name, without the dot that ends a whole name; empty if the service is decidedly not there
 * @param port 0 to 65535
 * @param priority the lowest is to be tried first
 * @param weight the share among records of one priority
 */
public record SrvRecord(String target, int port, int priority, int weight) {}
