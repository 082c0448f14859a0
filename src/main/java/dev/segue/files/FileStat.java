package dev.segue.files;

import static java.util.Objects.requireNonNull;

import dev.segue.plan.KeptFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Optional;

/** What the system says of a file without opening it; a symbolic link is not followed. */
record FileStat(Type type, long size, TargetAttributes attributes, int uid, int gid) {
    private static final int TYPE_BITS = 0170000;
    private static final int PERMISSION_BITS = 07777;

    /** As far as it matters here. */
    enum Type {
        REGULAR,
        DIRECTORY,
        OTHER
    }

    static FileStat of(Path file) throws IOException {
        Map<String, Object> stat =
                Files.readAttributes(file, "unix:mode,size,owner,group,uid,gid", LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) requireNonNull(stat.get("mode"));
        Type type = switch (mode & TYPE_BITS) {
            case 0100000 -> Type.REGULAR;
            case 0040000 -> Type.DIRECTORY;
            default -> Type.OTHER;
        };
        UserPrincipal owner = (UserPrincipal) requireNonNull(stat.get("owner"));
        GroupPrincipal group = (GroupPrincipal) requireNonNull(stat.get("group"));
        return new FileStat(
                type,
                (Long) requireNonNull(stat.get("size")),
                new TargetAttributes(Optional.of(mode & PERMISSION_BITS), Optional.of(owner), Optional.of(group)),
                (Integer) requireNonNull(stat.get("uid")),
                (Integer) requireNonNull(stat.get("gid")));
    }

    /** A file of this mode and owner with {@code content}. */
    KeptFile keep(byte[] content) {
        return KeptFile.of(content, attributes.mode().orElseThrow(), uid, gid);
    }
}
