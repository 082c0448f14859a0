package dev.segue.store.etcd;

import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import dev.segue.store.etcd.EtcdFailure.Reason;
import dev.segue.store.etcd.EventLog.Event;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads ranges at one revision, in as many requests as that takes and with as few bytes as that needs. One thread. */
final class RangeReader {
    private static final int MOST_COMPACTIONS = 5;
    private static final long NOW = 0;

    private final PageSize pageSize = new PageSize();

    /**
     * Everything in {@code ranges}, as it stands now.
     *
     * <p>Starts over in smaller pages if an answer is too large, and at a newer revision if the first page's was
     * compacted away before the last page was read.
     */
    Reading readAll(EtcdConnection etcd, KeyRanges ranges) throws EtcdFailure {
        int compactions = 0;
        while (true) {
            try {
                return readAllOnce(etcd, ranges);
            } catch (EtcdFailure e) {
                boolean again = switch (e.reason()) {
                    case TOO_LARGE -> pageSize.shrink();
                    case COMPACTED -> ++compactions < MOST_COMPACTIONS;
                    default -> false;
                };
                if (!again) {
                    shrinkIfLate(e);
                    throw e;
                }
            }
        }
    }

    /**
     * What {@code earlier} has become: one tiny request if nothing happened or {@code heard} holds all that did, else what
     * changed, else everything.
     *
     * @param heard what a watch of the same ranges has delivered; empty if there is none
     */
    Reading readChanges(EtcdConnection etcd, Reading earlier, Optional<EventLog> heard) throws EtcdFailure {
        KeySnapshot held = earlier.snapshot();
        Span own = Span.of(earlier.ranges()).get(0).keyAlone();
        GetResponse now = etcd.get(own.key(), Question.changesSince(held).option(own, 0));
        long revision = now.getHeader().getRevision();
        return switch (Delta.use(earlier, now.getHeader().getClusterId(), revision)) {
            case SAME -> earlier;
            case NOTHING -> readAll(etcd, earlier.ranges());
            case CHANGES -> {
                Optional<List<Event>> events = heard.flatMap(log -> log.between(held.revision(), revision));
                yield events.isPresent()
                        ? earlier.now(Delta.applied(held, revision, events.get()))
                        : readDelta(etcd, earlier);
            }
        };
    }

    private Reading readAllOnce(EtcdConnection etcd, KeyRanges ranges) throws EtcdFailure {
        List<KeyEntry> entries = new ArrayList<>();
        Question everything = new Question(NOW, 0, Want.ENTRIES);
        Origin origin = pages(etcd, Span.of(ranges), everything, kv -> entries.add(EtcdText.entry(kv)));
        return new Reading(ranges, origin.clusterId(), KeySnapshot.of(origin.revision(), entries));
    }

    private Reading readDelta(EtcdConnection etcd, Reading earlier) throws EtcdFailure {
        try {
            return readDeltaOnce(etcd, earlier);
        } catch (EtcdFailure e) {
            if (e.reason() == Reason.TOO_LARGE || e.reason() == Reason.COMPACTED) {
                return readAll(etcd, earlier.ranges());
            }
            throw e;
        }
    }

    private Reading readDeltaOnce(EtcdConnection etcd, Reading earlier) throws EtcdFailure {
        KeySnapshot held = earlier.snapshot();
        Map<KeyPath, PathDelta> deltas = new TreeMap<>();
        Question changes = Question.changesSince(held);
        Origin origin = transactions(
                etcd,
                Span.of(earlier.ranges()),
                changes,
                0,
                (span, answer) -> deltas.computeIfAbsent(span.path(), path -> new PathDelta())
                        .add(answer));
        if (Delta.use(earlier, origin.clusterId(), origin.revision()) == Delta.Use.NOTHING) {
            return readAll(etcd, earlier.ranges());
        }
        List<KeyEntry> puts = new ArrayList<>();
        List<String> deletes = new ArrayList<>();
        for (Map.Entry<KeyPath, PathDelta> each : deltas.entrySet()) {
            KeyRanges path = new KeyRanges(List.of(each.getKey()));
            PathDelta delta = each.getValue();
            puts.addAll(delta.puts);
            if (Delta.someVanished(held.narrow(path), delta.puts, delta.count)) {
                deletes.addAll(Delta.vanished(held.narrow(path), keys(etcd, path, origin.revision())));
            }
        }
        return earlier.now(held.with(origin.revision(), puts, deletes));
    }

    private Set<String> keys(EtcdConnection etcd, KeyRanges ranges, long revision) throws EtcdFailure {
        Set<String> keys = new HashSet<>();
        pages(etcd, Span.of(ranges), new Question(revision, 0, Want.KEYS), kv -> keys.add(EtcdText.text(kv.getKey())));
        return keys;
    }

    /** Asks for all of {@code spans}, page by page, all at the revision of the first page. */
    private Origin pages(EtcdConnection etcd, List<Span> spans, Question question, Consumer<KeyValue> taker)
            throws EtcdFailure {
        Queue<Span> rests = new ArrayDeque<>();
        AnswerTaker pageTaker = (span, answer) -> {
            List<KeyValue> page = answer.getKvs();
            page.forEach(taker);
            if (answer.isMore()) {
                rests.add(span.after(page.get(page.size() - 1).getKey()));
            }
        };
        Origin origin = transactions(etcd, spans, question, pageSize.keys(), pageTaker);
        for (Span rest = rests.poll(); rest != null; rest = rests.poll()) {
            transactions(etcd, List.of(rest), question.at(origin.revision()), pageSize.keys(), pageTaker);
        }
        return origin;
    }

    /** Asks for each span once; where one transaction is too small, the others are held to the revision of the first. */
    private Origin transactions(EtcdConnection etcd, List<Span> spans, Question question, int limit, AnswerTaker taker)
            throws EtcdFailure {
        Origin origin = new Origin(0, question.revision());
        for (int start = 0; start < spans.size(); start += pageSize.operations()) {
            List<Span> some = spans.subList(start, Math.min(spans.size(), start + pageSize.operations()));
            Question pinned = question.at(origin.revision());
            Op[] gets = some.stream()
                    .map(span -> Op.get(span.key(), pinned.option(span, limit)))
                    .toArray(Op[]::new);
            TxnResponse answer = etcd.txn(gets);
            for (int i = 0; i < some.size(); i++) {
                taker.take(some.get(i), answer.getGetResponses().get(i));
            }
            if (origin.revision() == NOW) {
                origin = new Origin(
                        answer.getHeader().getClusterId(), answer.getHeader().getRevision());
            }
        }
        return origin;
    }

    private void shrinkIfLate(EtcdFailure failure) {
        if (failure.reason() == Reason.TIMED_OUT) {
            pageSize.shrinkForTime();
        }
    }

    private enum Want {
        ENTRIES,
        KEYS
    }

    /** What is asked of each span: at which revision ({@code NOW} or one), and only what changed since another (or 0). */
    private record Question(long revision, long changedSince, Want want) {
        static Question changesSince(KeySnapshot held) {
            return new Question(NOW, held.revision() + 1, Want.ENTRIES);
        }

        Question at(long pinned) {
            return new Question(pinned, changedSince, want);
        }

        /** The same as jetcd says it, for {@code span}; no more than {@code limit} keys, 0 for all. */
        GetOption option(Span span, int limit) {
            GetOption.Builder option = GetOption.builder()
                    .withRevision(revision)
                    .withMinModRevision(changedSince)
                    .withKeysOnly(want == Want.KEYS)
                    .withLimit(limit);
            span.end().ifPresent(option::withRange);
            return option.build();
        }
    }

    /** Where an answer comes from. */
    private record Origin(long clusterId, long revision) {}

    /** What was put below one path, and how many keys are there now. */
    private static final class PathDelta {
        private final List<KeyEntry> puts = new ArrayList<>();
        private long count;

        void add(GetResponse answer) {
            count += answer.getCount();
            answer.getKvs().forEach(kv -> puts.add(EtcdText.entry(kv)));
        }
    }

    @FunctionalInterface
    private interface AnswerTaker {
        void take(Span span, GetResponse answer);
    }
}
