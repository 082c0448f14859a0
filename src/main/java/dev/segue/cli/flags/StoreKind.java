package dev.segue.cli.flags;

import dev.segue.settings.InvalidValueException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code --backend} may say, and which flags mean something to that kind of store and not to every other. */
enum StoreKind {
    ETCD,
    REDIS,
    ZOOKEEPER,
    FILE,
    ENV;

    static StoreKind parse(String word) throws InvalidValueException {
        // confd tells by this that it does not mean etcd's API v2.
        String wanted = word.equals("etcdv3") ? "etcd" : word;
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException("\"" + word
                        + "\" is a store that Segue does not have (it has "
                        + Arrays.stream(values()).map(StoreKind::word).collect(Collectors.joining(", ")) + ")"));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private Set<Flag> flags() {
        return switch (this) {
            case ETCD ->
                EnumSet.of(
                        Flag.NODE,
                        Flag.SRV_DOMAIN,
                        Flag.SRV_RECORD,
                        Flag.SCHEME,
                        Flag.REQUEST_TIMEOUT,
                        Flag.USERNAME,
                        Flag.PASSWORD,
                        Flag.PASSWORD_FILE,
                        Flag.CLIENT_CA_KEYS,
                        Flag.CLIENT_CERT,
                        Flag.CLIENT_KEY,
                        Flag.CLIENT_INSECURE,
                        Flag.ACKNOWLEDGE,
                        Flag.MEMBER);
            case REDIS ->
                EnumSet.of(
                        Flag.NODE,
                        Flag.SEPARATOR,
                        Flag.REQUEST_TIMEOUT,
                        Flag.USERNAME,
                        Flag.PASSWORD,
                        Flag.PASSWORD_FILE,
                        Flag.CLIENT_CA_KEYS,
                        Flag.CLIENT_CERT,
                        Flag.CLIENT_KEY,
                        Flag.CLIENT_INSECURE);
            case ZOOKEEPER ->
                EnumSet.of(Flag.NODE, Flag.REQUEST_TIMEOUT, Flag.USERNAME, Flag.PASSWORD, Flag.PASSWORD_FILE);
            case FILE -> EnumSet.of(Flag.FILE, Flag.FILTER);
            case ENV -> EnumSet.noneOf(Flag.class);
        };
    }

    /** The flags that mean something to any kind. */
    static Set<Flag> allFlags() {
        Set<Flag> all = EnumSet.noneOf(Flag.class);
        Arrays.stream(values()).map(StoreKind::flags).forEach(all::addAll);
        return all;
    }

    /** The flags that mean something to another kind, but not to this one. */
    Set<Flag> foreignFlags() {
        Set<Flag> foreign = allFlags();
        foreign.removeAll(flags());
        return foreign;
    }

    /** The kinds to which {@code flag} means something, in words. */
    static String of(Flag flag) {
        return Arrays.stream(values())
                .filter(kind -> kind.flags().contains(flag))
                .map(StoreKind::word)
                .collect(Collectors.joining(", "));
    }
}
