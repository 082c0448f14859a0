package dev.segue.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.segue.cli.flags.BackendTable;
import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import dev.segue.settings.Backend;
import dev.segue.settings.Problem;
import dev.segue.settings.ProblemsException;
import dev.segue.settings.StoreSettings;
import dev.segue.settings.StoreSettings.Login;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What resource files say of stores beside the run's own. */
@Timeout(60)
class KeySourcesTest {
    private static final String FILE = "conf.d/a.toml";

    @Test
    void parse_noBackend_readsTheRunsOwnStoreAlone() throws ProblemsException {
        Resource resource = parse("['/app', 'a:b', 'a:b/c']", "").resource();

        assertThat(resource.ranges()).isEqualTo(ranges("/a:b", "/app"));
        assertThat(resource.elsewhere()).isEmpty();
        assertThat(resource.allRanges()).isEqualTo(resource.ranges());
    }

    @Test
    void parse_keyWithAStoresName_isReadThere() throws ProblemsException {
        Resource resource = parse("['/app', 'secrets:/tls', 'secrets:/tls/key', 'secrets:/db']", """
                        [backend.secrets]
                        backend = 'file'
                        file = ['/run/secrets.yaml']
                        filter = '*.yaml'
                        """)
                .resource();

        assertThat(resource.ranges()).isEqualTo(ranges("/app"));
        assertThat(backends(resource))
                .isEqualTo(Map.of(
                        new Backend.KeyFiles(List.of(Path.of("/run/secrets.yaml")), "*.yaml"), ranges("/db", "/tls")));
        assertThat(resource.allRanges()).isEqualTo(ranges("/app", "/db", "/tls"));
    }

    @Test
    void parse_backendWithValues_isReadInPlaceOfTheRunsOwn() throws ProblemsException {
        Resource resource = parse("['/app', 'settings:/set']", """
                        [backend]
                        nodes = ['etcd1:2379', 'etcd2:2379']
                        username = 'me'
                        password = 'pw'
                        [backend.settings]
                        backend = 'env'
                        """).resource();

        assertThat(resource.ranges().isEmpty()).isTrue();
        assertThat(backends(resource))
                .isEqualTo(Map.of(new Backend.Etcd(), ranges("/app"), new Backend.Environment(), ranges("/set")));
        StoreSettings etcd = resource.elsewhere().keySet().stream()
                .filter(store -> store.backend() instanceof Backend.Etcd)
                .findFirst()
                .orElseThrow();
        assertThat(etcd.nodes()).containsExactly(URI.create("http://etcd1:2379"), URI.create("http://etcd2:2379"));
        assertThat(etcd.login()).contains(new Login("me", "pw"));
    }

    @Test
    void parse_sameStoreUnderTwoNames_isOne() throws ProblemsException {
        Resource resource = parse("['a:/x', 'b:/y', 'b:/x/z']", """
                        [backend.a]
                        backend = 'redis'
                        [backend.b]
                        backend = 'redis'
                        nodes = ['redis://127.0.0.1:6379']
                        """).resource();

        assertThat(backends(resource)).isEqualTo(Map.of(new Backend.Redis("/"), ranges("/x", "/y")));
    }

    /** A file may be the name of a store as well as what one of its kind is told. */
    @Test
    void parse_severalStores_standInTheOrderOfTheKeys() throws ProblemsException {
        List<Integer> order = List.of(5, 2, 7, 1, 6, 3, 8, 4);
        String keys = order.stream().map(n -> "'s" + n + ":/k" + n + "'").collect(Collectors.joining(", ", "[", "]"));
        String backends = order.stream()
                .sorted()
                .map(n -> "[backend.s" + n + "]\nnodes = ['etcd" + n + ":2379']\n")
                .collect(Collectors.joining());

        // Its revision is that of the first, after each restart too.
        assertThat(parse(keys, backends).resource().elsewhere().values())
                .containsExactlyElementsOf(
                        order.stream().map(n -> ranges("/k" + n)).toList());
    }

    @Test
    void parse_storeNamedAsAKeyIs_isAStore() throws ProblemsException {
        Resource resource = parse("['file:/x', '/y']", """
                        [backend.file]
                        backend = 'file'
                        file = ['x.yaml']
                        """).resource();

        assertThat(backends(resource))
                .isEqualTo(Map.of(new Backend.KeyFiles(List.of(Path.of("x.yaml")), "*"), ranges("/x")));
        assertThat(resource.ranges()).isEqualTo(ranges("/y"));
    }

    @Test
    void parse_prefix_standsBeforeTheKeysOfAllStores() throws ProblemsException {
        Resource resource = parse("['/app', 'x:/app2']\nprefix = '/prod'", "[backend.x]\nbackend = 'env'\n")
                .resource();

        assertThat(resource.ranges()).isEqualTo(ranges("/prod/app"));
        assertThat(backends(resource)).isEqualTo(Map.of(new Backend.Environment(), ranges("/prod/app2")));
    }

    @Test
    void parse_storeThatNoKeyNames_isANote() throws ProblemsException {
        assertThat(parse("['/app']", "[backend.x]\nbackend = 'env'\n").notes())
                .containsExactly(new Problem(FILE + ":4", "no key is of [backend.x]"));
    }

    @Test
    void parse_certificateWithoutTls_isANote(@TempDir Path folder) throws Exception {
        Path authorities = Files.writeString(folder.resolve("ca.pem"), "");

        assertThat(parse("['/app']", "[backend]\nnodes = ['a:1']\nclient_ca_keys = '" + authorities + "'\n")
                        .notes())
                .containsExactly(
                        new Problem(FILE + ":7", "client_ca_keys does nothing with http:// (https:// does TLS)"));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments(
                        "['secret:/x']",
                        "[backend.secrets]\nbackend = 'env'",
                        "4: keys has \"secret:/x\", but there is no table [backend.secret] (did you mean \"secrets\"?)"),
                arguments("['vault:/x']", "", "4: keys has \"vault:/x\", but there is no table [backend.vault]"),
                arguments(
                        "['/app', 'x:/app/y']",
                        "[backend.x]\nbackend = 'env'",
                        "4: keys has /app of one store and /app/y of another, and a key can come from one alone"),
                arguments(
                        "['x:/']",
                        "[backend.x]\nbackend = 'vault'",
                        "6: backend \"vault\" is a store that Segue does not have (it has etcd, redis, zookeeper, file,"
                                + " env)"),
                arguments("['/x']", "[backend]\nbackend = 'file'", "6: backend needs file beside it"),
                arguments(
                        "['/x']",
                        "[backend]\nbackend = 'env'\nnodes = ['a:1']",
                        "7: nodes is not for backend env (it is for etcd, redis, zookeeper)"),
                arguments(
                        "['/x']",
                        "[backend]\nusername = 'me'",
                        "6: username needs a password (password_file or password) beside it"),
                arguments(
                        "['/x']", "[backend]\nclient_cert = '/dev/null'", "6: client_cert needs client_key beside it"),
                arguments(
                        "['/x']",
                        "[backend]\npassword = 1\nusername = 'me'",
                        "6: password must be a string, not an integer"),
                arguments("['/x']", "[backend]\nnodes = ['ftp://a']\n", "6: nodes \"ftp://a\""),
                arguments("['/x']", "[backend]\nnode = ['a:1']", "6: unknown key \"node\" (did you mean \"nodes\"?)"),
                arguments("['/x']", "[backend]\nacknowledge = 'web'", "6: unknown key \"acknowledge\""),
                arguments("['/x']", "[backend]\nsrv_domain = 'example.org'", "6: unknown key \"srv_domain\""),
                arguments("['/x']", "[[backend]]\nbackend = 'env'", "5: backend must be a table, not an array"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void parse_somethingWrong_isAProblemAtItsLine(String keys, String backend, String problem) {
        assertThatThrownBy(() -> parse(keys, backend))
                .isInstanceOf(ProblemsException.class)
                .hasMessageStartingWith(FILE + ":" + problem);
    }

    @Test
    void parse_anythingWrongBesideAPassword_neverShowsIt() {
        assertThatThrownBy(() -> parse("['/x']", "[backend]\nbackend = 'env'\npassword = 'geheim'\n"))
                .hasMessage(FILE + ":7: password is not for backend env (it is for etcd, redis, zookeeper)")
                .hasMessageNotContaining("geheim");
    }

    private static ResourceFile.Parsed parse(String keys, String backend) throws ProblemsException {
        String text = "[template]\nsrc = 'a.ftl'\ndest = '/etc/a.conf'\nkeys = " + keys + "\n" + backend;
        return ResourceFile.parse(FILE, text, ResourceDefaults.STANDARD.withStores(new BackendTable()));
    }

    private static Map<Backend, KeyRanges> backends(Resource resource) {
        return resource.elsewhere().entrySet().stream()
                .collect(Collectors.toMap(each -> each.getKey().backend(), Map.Entry::getValue));
    }

    private static KeyRanges ranges(String... paths) {
        return KeyRanges.covering(Stream.of(paths).map(KeyPath::of).toList());
    }
}
