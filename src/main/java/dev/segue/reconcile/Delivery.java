package dev.segue.reconcile;

import dev.segue.files.FileException;
import dev.segue.files.StagedFile;
import dev.segue.plan.Rung;
import dev.segue.reconcile.Refusal.Cause;
import dev.segue.resource.Resource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of checked files into place and of their programs onto them, and all the way back if a program refuses.
 *
 * <p>All are installed, then reloaded once and verified. If that fails, all previous files come back and the programs
 * are told again. If they take that, one of the new files is to blame: each is tried alone, and the culprit stays
 * behind. If they do not, nothing can be told to them at all, which is no file's fault. Thread-safe.
 */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final Installer installer;
    private final Programs programs;
    private final Consumer<Path> whenApplied;

    /** @param whenApplied hears of each target that is served now */
    Delivery(Installer installer, Programs programs, Consumer<Path> whenApplied) {
        this.installer = installer;
        this.programs = programs;
        this.whenApplied = whenApplied;
    }

    /** {@code attempts}, of one lane, have passed their checks, or failed, or have nothing to install. */
    void deliver(List<Attempt> attempts) {
        List<List<Attempt>> units = unitsOf(attempts);
        units.forEach(Delivery::holdTogether);
        units.forEach(this::install);
        attempts.forEach(this::remember);
        List<List<Attempt>> toBeTold = units.stream()
                .map(unit -> unit.stream().filter(Attempt::isToBeToldOf).toList())
                .filter(unit -> !unit.isEmpty())
                .toList();
        if (!toBeTold.isEmpty()) {
            tell(toBeTold);
        }
    }

    /** Resources of one transaction go together, others alone. */
    private static List<List<Attempt>> unitsOf(List<Attempt> attempts) {
        Map<String, List<Attempt>> units = new LinkedHashMap<>();
        for (Attempt attempt : attempts) {
            Resource resource = attempt.resource();
            String name = resource.transaction().map(all -> "=" + all).orElse(resource.name());
            units.computeIfAbsent(name, unit -> new ArrayList<>()).add(attempt);
        }
        return List.copyOf(units.values());
    }

    private static void holdTogether(List<Attempt> unit) {
        unit.stream()
                .filter(Attempt::isHeldBack)
                .findFirst()
                .ifPresent(cause -> unit.stream()
                        .filter(attempt -> attempt.staged().isPresent())
                        .forEach(attempt -> attempt.holdBackFor(cause)));
    }

    private void install(List<Attempt> unit) {
        List<Attempt> installed = new ArrayList<>();
        for (Attempt attempt : unit) {
            Optional<StagedFile> staged = attempt.staged();
            if (staged.isEmpty()) {
                continue;
            }
            try {
                if (Thread.currentThread().isInterrupted()) {
                    attempt.fail(
                            Rung.INSTALLED,
                            "stopped before " + attempt.resource().dest() + " was touched");
                } else {
                    installer.install(attempt, staged.get());
                    installed.add(attempt);
                }
            } catch (FileException e) {
                attempt.fail(Rung.INSTALLED, String.valueOf(e.getMessage()));
            }
        }
        Optional<Attempt> failed = unit.stream()
                .filter(attempt -> attempt.staged().isEmpty() && attempt.isHeldBack())
                .findFirst();
        if (failed.isPresent() && !installed.isEmpty()) {
            // Nobody was told of the others yet: they go back, and nothing is owed that was not owed before.
            installed.forEach(attempt -> takeBack(attempt, failed.get()));
        }
    }

    /** Whatever became of the new file: an earlier one that lies there and was never told of is still owed. */
    private void remember(Attempt attempt) {
        boolean ended = attempt.isHeldBack() && !attempt.isWaiting();
        if (ended && installer.isOwedInPlace(attempt)) {
            attempt.assignment()
                    .standing()
                    .ifPresentOrElse(attempt::leaveIfOfWhatWasFound, attempt::mustBeToldOfWhatWasFound);
        }
    }

    private void takeBack(Attempt attempt, Attempt culprit) {
        try {
            installer.takeBack(attempt);
            attempt.holdBackFor(culprit);
        } catch (FileException e) {
            attempt.fail(Rung.INSTALLED, "cannot be put back: " + e.getMessage());
        }
    }

    private void tell(List<List<Attempt>> units) {
        List<Attempt> all = flat(units);
        Optional<Refusal> refusal = programs.tell(all);
        if (refusal.isEmpty()) {
            all.forEach(this::applied);
        } else if (refusal.get().cause() != Cause.OPEN) {
            stayInstalled(all, refusal.get());
        } else if (all.stream().noneMatch(installer::canPutBack)) {
            stayInstalled(all, refusal.get());
        } else {
            rollBack(units, refusal.get());
        }
    }

    private void rollBack(List<List<Attempt>> units, Refusal refusal) {
        List<Attempt> all = flat(units);
        if (units.size() > 1) {
            LOG.debug("{}; going back, then trying each of {} resources alone", refusal.what(), all.size());
        }
        List<Attempt> back = all.stream().filter(this::putBack).toList();
        Optional<Refusal> again = programs.reload(back);
        if (again.isPresent()) {
            cannotBeTold(back, refusal, again.get());
            return;
        }
        back.forEach(installer::settle);
        if (units.size() == 1) {
            back.forEach(attempt -> reject(attempt, refusal));
        } else {
            units.forEach(unit -> tryAlone(unit.stream().filter(back::contains).toList()));
        }
    }

    private void tryAlone(List<Attempt> unit) {
        Optional<Attempt> failed = Optional.empty();
        for (Attempt attempt : unit) {
            try {
                if (failed.isEmpty()) {
                    installer.installAgain(attempt);
                }
            } catch (FileException e) {
                attempt.fail(Rung.INSTALLED, String.valueOf(e.getMessage()));
                failed = Optional.of(attempt);
            }
        }
        List<Attempt> installed = unit.stream().filter(Attempt::isToBeToldOf).toList();
        if (failed.isPresent()) {
            // All or none; the program was told of their previous files a moment ago.
            for (Attempt attempt : installed) {
                if (putBack(attempt)) {
                    installer.settle(attempt);
                    attempt.holdBackFor(failed.get());
                }
            }
        } else if (!installed.isEmpty()) {
            tell(List.of(installed));
        }
    }

    private void applied(Attempt attempt) {
        Path dest = attempt.resource().dest();
        installer.applied(attempt);
        whenApplied.accept(dest);
        if (attempt.candidate().isPresent()) {
            LOG.info("Target config {} has been updated", dest);
        }
    }

    private void reject(Attempt attempt, Refusal refusal) {
        installer.rejected(attempt);
        attempt.fail(
                refusal.missed(),
                refusal.what() + "; " + attempt.resource().dest() + " is as it was before, and its program was told",
                refusal.output());
    }

    private void stayInstalled(List<Attempt> attempts, Refusal refusal) {
        String why = refusal.cause() == Cause.NOT_RUNNING ? " because it does not run" : "";
        for (Attempt attempt : attempts) {
            String place = attempt.candidate().isPresent()
                    ? " is installed, but the program does not serve it"
                    : " is not there, but the program was not told";
            attempt.fail(
                    refusal.missed(),
                    refusal.what() + "; " + attempt.resource().dest() + place + why,
                    refusal.output());
        }
    }

    /**
     * The reload fails with the previous files too. An existing target keeps its previous content; one that is new is
     * installed again, because a program that is not up yet will need it; but not beside previous files of its
     * transaction.
     */
    private void cannotBeTold(List<Attempt> attempts, Refusal refusal, Refusal again) {
        for (Attempt attempt : attempts) {
            String place = attempt.previous().exists()
                    ? " is as it was before"
                    : hasOlderMate(attempt, attempts) ? " is not there" : installedAgain(attempt);
            String without = attempt.previous().exists() ? "with the previous file" : "without the new file";
            String also = again.cause() == Cause.CANCELLED ? "" : ", and so it does " + without;
            attempt.fail(
                    refusal.missed(),
                    refusal.what() + also + "; " + attempt.resource().dest() + place + ", but the program was not told",
                    refusal.output());
        }
    }

    private static boolean hasOlderMate(Attempt attempt, List<Attempt> attempts) {
        Optional<String> transaction = attempt.resource().transaction();
        return transaction.isPresent()
                && attempts.stream()
                        .filter(other -> other.resource().transaction().equals(transaction))
                        .anyMatch(other -> other.previous().exists());
    }

    private String installedAgain(Attempt attempt) {
        try {
            installer.installAgain(attempt);
            return attempt.candidate().isPresent() ? " is installed" : " is not there";
        } catch (FileException e) {
            LOG.warn("{}", e.getMessage());
            return " is not there";
        }
    }

    private boolean putBack(Attempt attempt) {
        try {
            installer.putBack(attempt);
            return true;
        } catch (FileException e) {
            attempt.fail(Rung.INSTALLED, "cannot be put back: " + e.getMessage());
            return false;
        }
    }

    private static List<Attempt> flat(List<List<Attempt>> units) {
        return units.stream().flatMap(List::stream).toList();
    }
}
