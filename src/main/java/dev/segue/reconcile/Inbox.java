package dev.segue.reconcile;

import dev.segue.reconcile.Elsewhere.Answer;
import dev.segue.resource.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where every other thread leaves its mark for the loop; the same mark left twice counts once. */
final class Inbox {
    /** What may have happened. */
    enum Mark {
        /** Keys may have changed, or the store may have come or gone. */
        STORE,
        /** The same of a store beside the run's own. */
        ELSEWHERE,
        /** Something in the confdir changed on disk. */
        CONFDIR,
        /** Somebody wants everything looked at now. */
        EVERYTHING,
        /** The loop shall end. */
        STOP
    }

    /** All that came in since the inbox was emptied last. */
    record Mail(Set<Mark> marks, List<PassDone> done, List<Answer> answers) {}

    /** A pass of {@code lane} ended; {@code results} are of those of them of which there is something to tell. */
    record PassDone(List<Resource> lane, List<Result> results) {
        static PassDone of(Result only) {
            return new PassDone(List.of(only.resource()), List.of(only));
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Set<Mark> marks = EnumSet.noneOf(Mark.class);
    private final List<PassDone> done = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();

    /** Never blocks for longer than it takes to add to a list. */
    void leave(Mark mark) {
        lock.lock();
        try {
            marks.add(mark);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    void leave(PassDone pass) {
        lock.lock();
        try {
            done.add(pass);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    void leave(Answer answer) {
        lock.lock();
        try {
            answers.add(answer);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is there or {@code longest} is over, and takes all of it. */
    Mail take(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (marks.isEmpty() && done.isEmpty() && answers.isEmpty() && left > 0) {
                left = arrived.awaitNanos(left);
            }
            Mail mail = new Mail(
                    marks.isEmpty() ? Set.of() : EnumSet.copyOf(marks), List.copyOf(done), List.copyOf(answers));
            marks.clear();
            done.clear();
            answers.clear();
            return mail;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a pass has ended or {@code longest} is over, and takes those that have; all else stays for the next turn. */
    List<PassDone> takeDone(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (done.isEmpty() && left > 0) {
                left = arrived.awaitNanos(left);
            }
            List<PassDone> taken = List.copyOf(done);
            done.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
