package dev.segue.testing;

import com.google.gson.JsonObject;
import dev.segue.settings.StoreSettings.Login;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Users of an etcd with logins, and what they may do. */
public final class EtcdUsers {
    private final EtcdServer etcd;

    public EtcdUsers(EtcdServer etcd) {
        this.etcd = etcd;
    }

    /** A new user, whose password is the name, with a role of the same name that has no right as yet. */
    public Login add(String name) {
        JsonObject role = new JsonObject();
        role.addProperty("name", name);
        etcd.post("/v3/auth/role/add", role);
        JsonObject user = new JsonObject();
        user.addProperty("name", name);
        user.addProperty("password", name);
        etcd.post("/v3/auth/user/add", user);
        JsonObject grant = new JsonObject();
        grant.addProperty("user", name);
        grant.addProperty("role", name);
        etcd.post("/v3/auth/user/grant", grant);
        return new Login(name, name);
    }

    /**
     * Lets a role do that with one key.
     *
     * @param type {@code READ}, {@code WRITE} or {@code READWRITE}
     */
    public void grant(String role, String type, String key) {
        JsonObject permission = new JsonObject();
        permission.addProperty("permType", type);
        permission.addProperty("key", base64(key));
        grant(role, permission);
    }

    /** The same for all keys that begin with {@code prefix}, which ends with a slash. */
    public void grantBelow(String role, String type, String prefix) {
        JsonObject permission = new JsonObject();
        permission.addProperty("permType", type);
        permission.addProperty("key", base64(prefix));
        permission.addProperty("range_end", base64(prefix.substring(0, prefix.length() - 1) + (char) ('/' + 1)));
        grant(role, permission);
    }

    private void grant(String role, JsonObject permission) {
        JsonObject grant = new JsonObject();
        grant.addProperty("name", role);
        grant.add("perm", permission);
        etcd.post("/v3/auth/role/grant", grant);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
