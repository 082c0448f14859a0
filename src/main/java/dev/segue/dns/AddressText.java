package dev.segue.dns;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Writes addresses the way everybody but Java does: IPv6 in the short form of RFC 5952. */
public final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    /** {@code 10.0.0.1}, {@code 2001:db8::1}; no brackets, no zone. */
    public static String of(InetAddress address) {
        return address instanceof Inet6Address v6 ? shortest(groups(v6.getAddress())) : address.getHostAddress();
    }

    private static int[] groups(byte[] bytes) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (bytes[2 * i] & 0xFF) << 8 | (bytes[2 * i + 1] & 0xFF);
        }
        return groups;
    }

    /** The longest run of two or more zero groups, the first of equally long ones, becomes {@code ::}. */
    private static String shortest(int[] groups) {
        int start = GROUPS;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && groups[i + run] == 0) {
                run++;
            }
            if (run > length) {
                start = i;
                length = run;
            }
        }
        if (start == GROUPS) {
            return joined(groups, 0, GROUPS);
        }
        return joined(groups, 0, start) + "::" + joined(groups, start + length, GROUPS);
    }

    private static String joined(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
