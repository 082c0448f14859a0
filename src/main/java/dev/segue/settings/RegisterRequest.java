package dev.segue.settings;

import dev.segue.settings.WaitRequest.Until;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What {@code segue register} shall do; prints without the value.
 *
 * @param key the server's key in the store
 * @param value what it shall hold
 * @param life how long the key outlives a Segue that was killed; a second or more
 * @param stopTimeout how long the child may take to end before it is killed; positive
 * @param child the server as a program to start and supervise, with its arguments; empty if it was started elsewhere
 */
public record RegisterRequest(
        StoreSettings store,
        String key,
        String value,
        Probing probing,
        Duration life,
        Leave leave,
        Duration stopTimeout,
        List<String> child) {

    public RegisterRequest {
        child = List.copyOf(child);
    }

    /**
     * When the server is well.
     *
     * @param urls what must answer, all of it: each {@code http://} or {@code https://} URL or {@code tcp://HOST:PORT}
     * @param interval between an answer and the next question; positive
     * @param rise so many good answers in a row make the server well; from 1
     * @param fall so many bad ones make it unwell; from 1
     */
    public record Probing(List<String> urls, Duration interval, int rise, int fall) {
        public Probing {
            urls = List.copyOf(urls);
        }
    }

    /**
     * What has to come between the key's end and the server's.
     *
     * @param group whose members must have dropped the server; empty for nobody
     * @param until how far they must have come
     * @param longest how long all of it may take, the delete too; positive
     */
    public record Leave(Optional<String> group, Until until, Duration longest) {}

    @Override
    public String toString() {
        return "register " + key;
    }
}
