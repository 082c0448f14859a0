package dev.segue.journal;

import dev.segue.plan.KeptFile;
import dev.segue.plan.Owed;
import java.util.Optional;

/**
 * What is known of one target.
 *
 * @param resource the resource file that it belongs to, for people: {@code conf.d/nginx.toml}
 * @param owed what the installed file still lacks before the running program serves it
 * @param installed {@link KeptFile#digest} of what Segue put there last, or was about to put there
 * @param revision the store's revision that the installed file was made of
 * @param previous what comes back if the program refuses the installed file: the last one that was applied; there only
 *     while something is owed
 * @param rejected what the program refused last, if it did
 */
public record JournalEntry(
        String resource,
        Owed owed,
        String installed,
        long revision,
        Optional<KeptFile> previous,
        Optional<Rejected> rejected) {

    public JournalEntry {
        checkDigest(installed);
        if (revision < 0) {
            throw new IllegalArgumentException("revision " + revision + " is negative");
        }
    }

    /**
     * A file that the program refused.
     *
     * @param digest {@link KeptFile#digestOf} its bytes
     * @param times how often in a row
     */
    public record Rejected(String digest, int times) {
        public Rejected {
            checkDigest(digest);
            if (times < 1) {
                throw new IllegalArgumentException("rejected " + times + " times");
            }
        }
    }

    private static void checkDigest(String digest) {
        if (!digest.matches("[0-9a-f]{64}") && !digest.equals(KeptFile.DIGEST_OF_ABSENT)) {
            throw new IllegalArgumentException("\"" + digest + "\" is no digest");
        }
    }
}
