package dev.segue.files;

import dev.segue.resource.FileAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;

/**
 * Mode, owner and group of a file, with names looked up; of a wanted file, only what was asked for.
 *
 * @param mode permission bits, 0 to 07777
 */
public record TargetAttributes(Optional<Integer> mode, Optional<UserPrincipal> owner, Optional<GroupPrincipal> group) {
    /** Of a new file, where nothing else was asked for; its owner is whoever makes it. */
    static final TargetAttributes OF_NEW_FILE =
            new TargetAttributes(Optional.of(0644), Optional.empty(), Optional.empty());

    /**
     * What {@code wanted} means on this machine, for the target {@code dest}.
     *
     * @throws FileException if there is no such user or group
     */
    static TargetAttributes lookUp(Path dest, FileAttributes wanted) throws FileException {
        UserPrincipalLookupService users = dest.getFileSystem().getUserPrincipalLookupService();
        Optional<UserPrincipal> owner = Optional.empty();
        if (wanted.owner().isPresent()) {
            String name = wanted.owner().get();
            owner = Optional.of(lookUp(dest, "owner", "user", name, users::lookupPrincipalByName));
        }
        Optional<GroupPrincipal> group = Optional.empty();
        if (wanted.group().isPresent()) {
            String name = wanted.group().get();
            group = Optional.of(lookUp(dest, "group", "group", name, users::lookupPrincipalByGroupName));
        }
        return new TargetAttributes(wanted.mode(), owner, group);
    }

    /** Those of {@code file} itself, also if it is a symbolic link. */
    static TargetAttributes of(Path file) throws IOException {
        return FileStat.of(file).attributes();
    }

    /** These, and for what is not set here, those of {@code other}. */
    TargetAttributes orElse(TargetAttributes other) {
        return new TargetAttributes(mode.or(other::mode), owner.or(other::owner), group.or(other::group));
    }

    /** These, less the permissions that {@code current} does not give: for content that comes before its mode. */
    TargetAttributes withModeWithin(TargetAttributes current) {
        Optional<Integer> both = mode.map(bits -> bits & current.mode.orElse(bits));
        return new TargetAttributes(both, owner, group);
    }

    /** True if a file with the attributes {@code actual} has all that is asked for here. */
    boolean satisfiedBy(TargetAttributes actual) {
        return orElse(actual).equals(actual);
    }

    /**
     * Gives {@code file}, which is no symbolic link, all that is set here.
     *
     * @throws FileException naming {@code dest}, if the system refuses; some may be set then
     */
    void applyTo(Path file, Path dest) throws FileException {
        TargetAttributes actual;
        try {
            actual = of(file);
        } catch (IOException e) {
            throw new FileException(dest, "mode and owner cannot be read", e);
        }
        if (owner.isPresent() && !owner.equals(actual.owner)) {
            set(file, dest, "posix:owner", owner.get(), "owner " + owner.get().getName());
        }
        if (group.isPresent() && !group.equals(actual.group)) {
            set(file, dest, "posix:group", group.get(), "group " + group.get().getName());
        }
        if (mode.isPresent()) {
            // Last, because a change of owner takes the setuid and setgid bits away.
            set(file, dest, "unix:mode", mode.get(), "mode " + Integer.toOctalString(mode.get()));
        }
    }

    private static void set(Path file, Path dest, String attribute, Object value, String words) throws FileException {
        try {
            Files.setAttribute(file, attribute, value, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new FileException(dest, words + " cannot be set", e);
        }
    }

    private static <T> T lookUp(Path dest, String key, String kind, String name, Lookup<T> lookup)
            throws FileException {
        String what = key + " \"" + name + "\" cannot be looked up";
        try {
            return lookup.by(name);
        } catch (UserPrincipalNotFoundException e) {
            throw new FileException(dest, what, "no such " + kind);
        } catch (IOException e) {
            throw new FileException(dest, what, e);
        }
    }

    private interface Lookup<T> {
        T by(String name) throws IOException;
    }
}
