package dev.segue.cli.flags;

import dev.segue.settings.Backend;
import dev.segue.settings.DurationText;
import dev.segue.settings.InvalidValueException;
import dev.segue.settings.StoreSettings;
import dev.segue.settings.StoreSettings.Certificates;
import dev.segue.settings.StoreSettings.Login;
import dev.segue.settings.StoreSettings.ServerCheck;
import dev.segue.settings.ValueParser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Makes {@link StoreSettings} of what was given; used once, by one thread. Reads the password file. */
final class StoreReader {
    private static final URI DEFAULT_NODE = URI.create("http://127.0.0.1:2379");
    private static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(3);

    private final Inputs inputs;
    private final Findings findings;

    StoreReader(Inputs inputs, Findings findings) {
        this.inputs = inputs;
        this.findings = findings;
    }

    /** The settings; meaningless if {@code findings} hold a problem afterwards. */
    StoreSettings read() {
        Backend backend = new BackendReader(inputs, findings).read();
        if (backend instanceof Backend.Redis) {
            return redis(backend);
        }
        if (backend instanceof Backend.ZooKeeper) {
            List<URI> nodes = nodes(text -> NodeUrl.parse(text, NodeUrl.ZOOKEEPER), NodeUrl.ZOOKEEPER.standard());
            return other(backend, nodes, Certificates.SYSTEM, login());
        }
        if (!(backend instanceof Backend.Etcd)) {
            return other(backend, List.of(), Certificates.SYSTEM, Optional.empty());
        }
        String scheme = inputs.parsed(Flag.SCHEME, StoreReader::scheme).orElse("http");
        Optional<String> srvRecord = srvRecord(scheme);
        List<URI> nodes = srvRecord.isPresent() ? List.of() : nodes(text -> NodeUrl.parse(text, scheme), DEFAULT_NODE);
        Certificates certificates = certificates();
        boolean plain = nodes.isEmpty()
                ? scheme.equals("http")
                : nodes.get(0).getScheme().equals("http");
        if (plain) {
            warnOfUnusedCertificates("http:// (https:// does TLS)");
        }
        return new StoreSettings(nodes, srvRecord, scheme, certificates, login(), requestTimeout());
    }

    private StoreSettings redis(Backend backend) {
        List<URI> nodes = nodes(text -> NodeUrl.parse(text, NodeUrl.REDIS), NodeUrl.REDIS.standard());
        Certificates certificates = certificates();
        if (nodes.get(0).getScheme().equals("redis")) {
            warnOfUnusedCertificates("redis:// (rediss:// does TLS)");
        }
        return other(backend, nodes, certificates, login());
    }

    private StoreSettings other(Backend backend, List<URI> nodes, Certificates certificates, Optional<Login> login) {
        return new StoreSettings(backend, nodes, Optional.empty(), "http", certificates, login, requestTimeout());
    }

    private Duration requestTimeout() {
        return inputs.parsed(Flag.REQUEST_TIMEOUT, DurationText::parsePositive).orElse(DEFAULT_REQUEST_TIMEOUT);
    }

    /** Nodes by name are left aside for SRV records, as in confd, unless they come from a stronger source. */
    private Optional<String> srvRecord(String scheme) {
        String service = scheme.equals("https") ? "_etcd-client-ssl" : "_etcd-client";
        Optional<Given> record = inputs.one(Flag.SRV_RECORD);
        Optional<Given> domain = inputs.one(Flag.SRV_DOMAIN);
        Optional<Given> chosen = record.or(() -> domain);
        List<Given> nodes = inputs.list(Flag.NODE);
        if (chosen.isEmpty() || (!nodes.isEmpty() && isStronger(nodes.get(0), chosen.get()))) {
            return Optional.empty();
        }
        return record.map(Given::text).or(() -> domain.map(name -> service + "._tcp." + absolute(name.text())));
    }

    private static boolean isStronger(Given one, Given other) {
        return one.source().compareTo(other.source()) < 0;
    }

    private static String absolute(String domain) {
        return domain.endsWith(".") ? domain : domain + ".";
    }

    private List<URI> nodes(ValueParser<URI> parser, URI standard) {
        Map<URI, Given> nodes = new LinkedHashMap<>();
        for (Given given : inputs.list(Flag.NODE)) {
            inputs.parsed(given, parser).ifPresent(uri -> nodes.putIfAbsent(uri, given));
        }
        Set<String> schemes =
                new TreeSet<>(nodes.keySet().stream().map(URI::getScheme).toList());
        if (schemes.size() > 1) {
            Given last = List.copyOf(nodes.values()).get(nodes.size() - 1);
            List<String> urls = nodes.keySet().stream().map(URI::toString).toList();
            findings.problem(
                    last,
                    "mixes " + String.join(" and ", schemes) + " (all nodes are of one kind): "
                            + String.join(", ", urls));
        }
        return nodes.isEmpty() ? List.of(standard) : List.copyOf(nodes.keySet());
    }

    private Certificates certificates() {
        Optional<Path> client = file(Flag.CLIENT_CERT);
        Optional<Path> clientKey = file(Flag.CLIENT_KEY);
        refuseAlone(Flag.CLIENT_CERT, Flag.CLIENT_KEY);
        refuseAlone(Flag.CLIENT_KEY, Flag.CLIENT_CERT);
        return new Certificates(
                file(Flag.CLIENT_CA_KEYS),
                client,
                clientKey,
                inputs.isOn(Flag.CLIENT_INSECURE) ? ServerCheck.SKIPPED : ServerCheck.DONE);
    }

    private void warnOfUnusedCertificates(String scheme) {
        for (Flag flag : List.of(Flag.CLIENT_CA_KEYS, Flag.CLIENT_CERT, Flag.CLIENT_INSECURE)) {
            inputs.one(flag)
                    .filter(given -> flag != Flag.CLIENT_INSECURE || inputs.isOn(flag))
                    .ifPresent(given -> findings.warning(given.where(), given.label() + "does nothing with " + scheme));
        }
    }

    private Optional<Login> login() {
        Optional<String> user = inputs.text(Flag.USERNAME);
        Optional<String> password = password();
        if (inputs.one(Flag.PASSWORD_FILE).isEmpty()) {
            refuseAlone(
                    Flag.USERNAME,
                    Flag.PASSWORD,
                    given -> "a password (" + given.word(Flag.PASSWORD_FILE) + " or "
                            + (given.source() == Given.Source.STORE_TABLE ? Flag.PASSWORD.key() : "SEGUE_PASSWORD")
                            + ")");
            refuseAlone(Flag.PASSWORD, Flag.USERNAME);
        } else {
            refuseAlone(Flag.PASSWORD_FILE, Flag.USERNAME);
        }
        return user.flatMap(name -> password.map(secret -> new Login(name, secret)));
    }

    private Optional<String> password() {
        Optional<Given> text = inputs.one(Flag.PASSWORD);
        Optional<Given> file = inputs.one(Flag.PASSWORD_FILE);
        text.filter(given -> given.source() == Given.Source.COMMAND_LINE)
                .ifPresent(
                        given -> findings.warning(
                                given.where(),
                                "anybody who lists processes can read the password (--password-file and SEGUE_PASSWORD hide it)"));
        if (text.isPresent()
                && file.isPresent()
                && text.get().source() == file.get().source()) {
            findings.problem(file.get(), "cannot go with a password given as text: only one of the two");
        }
        boolean fromFile = file.isPresent() && (text.isEmpty() || isStronger(file.get(), text.get()));
        return fromFile ? inputs.parsed(Flag.PASSWORD_FILE, StoreReader::firstLine) : text.map(Given::text);
    }

    private void refuseAlone(Flag flag, Flag partner) {
        refuseAlone(flag, partner, given -> given.word(partner));
    }

    private void refuseAlone(Flag flag, Flag partner, Function<Given, String> needed) {
        if (inputs.one(partner).isEmpty()) {
            inputs.one(flag).ifPresent(given -> findings.problem(given, "needs " + needed.apply(given) + " beside it"));
        }
    }

    private Optional<Path> file(Flag flag) {
        return inputs.parsed(flag, StoreReader::readableFile);
    }

    private static Path readableFile(String text) throws InvalidValueException {
        Path file = Inputs.path(text);
        if (!Files.isReadable(file)) {
            String why = Files.exists(file) ? "may not be read by this user" : "is not there";
            throw new InvalidValueException("\"" + text + "\" " + why);
        }
        return file;
    }

    private static String firstLine(String file) throws InvalidValueException {
        try {
            return Files.readString(readableFile(file)).replaceFirst("\\R\\z", "");
        } catch (IOException e) {
            throw new InvalidValueException("\"" + file + "\" cannot be read: " + e.getMessage());
        }
    }

    private static String scheme(String name) throws InvalidValueException {
        if (!name.equals("http") && !name.equals("https")) {
            throw new InvalidValueException("\"" + name + "\" is not http or https");
        }
        return name;
    }
}
