package dev.segue.testing;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.segue.settings.StoreSettings.Login;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Speaks to one etcd through its JSON gateway. */
final class EtcdGateway {
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(20);
    private static final int OK = 200;

    private final URI url;
    private final HttpClient client;
    private @Nullable Login login;
    private @Nullable String token;

    EtcdGateway(URI url, Optional<TestCertificates> certificates) {
        this.url = url;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(REQUEST_LIMIT);
        certificates.ifPresent(present -> builder.sslContext(sslContext(present)));
        this.client = builder.build();
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static JsonObject key(String key) {
        JsonObject request = new JsonObject();
        request.addProperty("key", base64(key.getBytes(StandardCharsets.UTF_8)));
        return request;
    }

    /** All keys whose bytes start with {@code prefix}. */
    static JsonObject prefix(String prefix) {
        String end = prefix.substring(0, prefix.length() - 1) + (char) (prefix.charAt(prefix.length() - 1) + 1);
        JsonObject request = key(prefix);
        request.addProperty("rangeEnd", base64(end.getBytes(StandardCharsets.UTF_8)));
        return request;
    }

    /** A field of an answer that holds bytes; etcd leaves out empty ones. */
    static String text(JsonObject answer, String field) {
        String coded = answer.has(field) ? answer.get(field).getAsString() : "";
        return new String(Base64.getDecoder().decode(coded), StandardCharsets.UTF_8);
    }

    static JsonObject put(byte[] key, byte[] value) {
        JsonObject request = new JsonObject();
        request.addProperty("key", base64(key));
        request.addProperty("value", base64(value));
        return request;
    }

    /** Posts {@code request} and returns the revision in the answer's header. */
    long revision(String path, JsonObject request) {
        return post(path, request).getAsJsonObject("header").get("revision").getAsLong();
    }

    JsonObject post(String path, JsonObject request) {
        HttpResponse<String> response = send(path, request);
        if (response.statusCode() != OK && response.body().contains("invalid auth token")) {
            token = null;
            response = send(path, request);
        }
        if (response.statusCode() != OK) {
            throw new IllegalStateException(path + ": HTTP " + response.statusCode() + ": " + response.body());
        }
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    /** True once it has a leader and answers. */
    boolean healthy() {
        try {
            return send(request("/health").GET().build()).body().contains("true");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    String metrics() {
        return send(request("/metrics").GET().build()).body();
    }

    /** Makes {@code login} the root user and switches authentication on. */
    void enableLogin(Login user) {
        login = null;
        JsonObject add = new JsonObject();
        add.addProperty("name", user.user());
        add.addProperty("password", user.password());
        post("/v3/auth/user/add", add);
        ensureRootUser(user);
        JsonObject grant = new JsonObject();
        grant.addProperty("user", user.user());
        grant.addProperty("role", "root");
        post("/v3/auth/user/grant", grant);
        post("/v3/auth/enable", new JsonObject());
        login = user;
        token = null;
    }

    private void ensureRootUser(Login user) {
        JsonObject role = new JsonObject();
        role.addProperty("name", "root");
        post("/v3/auth/role/add", role);
        if (user.user().equals("root")) {
            return;
        }
        JsonObject root = new JsonObject();
        root.addProperty("name", "root");
        root.addProperty("password", user.password());
        post("/v3/auth/user/add", root);
        JsonObject grant = new JsonObject();
        grant.addProperty("user", "root");
        grant.addProperty("role", "root");
        post("/v3/auth/user/grant", grant);
    }

    private HttpResponse<String> send(String path, JsonObject body) {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        if (login != null) {
            if (token == null) {
                token = authenticate(login);
            }
            request.header("Authorization", token);
        }
        return send(request.build());
    }

    private String authenticate(Login user) {
        JsonObject body = new JsonObject();
        body.addProperty("name", user.user());
        body.addProperty("password", user.password());
        HttpRequest request = request("/v3/auth/authenticate")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        return JsonParser.parseString(send(request).body())
                .getAsJsonObject()
                .get("token")
                .getAsString();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path)).timeout(REQUEST_LIMIT);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext sslContext(TestCertificates certificates) {
        try (InputStream client = Files.newInputStream(certificates.clientStore())) {
            char[] password = TestCertificates.STORE_PASSWORD.toCharArray();
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(client, password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, password);

            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), new TrustManager[] {new TrustEveryone()}, null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes any certificate for any host: it is our own child that we speak to, and some of its certificates are bad. */
    private static final class TrustEveryone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
