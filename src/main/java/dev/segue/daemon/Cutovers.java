package dev.segue.daemon;

import dev.segue.cutover.Registration;
import dev.segue.cutover.ServerProbe;
import dev.segue.cutover.StatusCommand;
import dev.segue.cutover.Stores;
import dev.segue.cutover.SwitchCommand;
import dev.segue.cutover.WaitCommand;
import dev.segue.daemon.StopSignals.Answer;
import dev.segue.dns.Dns;
import dev.segue.dns.DnsException;
import dev.segue.settings.ExitCode;
import dev.segue.settings.RegisterRequest;
import dev.segue.settings.StatusRequest;
import dev.segue.settings.StoreSettings;
import dev.segue.settings.SwitchRequest;
import dev.segue.settings.WaitRequest;
import dev.segue.store.ClaimedKey;
import dev.segue.store.StoreException;
import dev.segue.store.etcd.EtcdClaimedKey;
import dev.segue.store.etcd.EtcdKeyStore;
import dev.segue.store.etcd.EtcdKeyTransactions;
import java.io.PrintStream;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what asks the members of a group, on a store of its own and until it is done or a signal ends it. */
final class Cutovers {
    private static final Logger LOG = LoggerFactory.getLogger(Cutovers.class);

    private final Dns dns;

    Cutovers(Dns dns) {
        this.dns = dns;
    }

    ExitCode status(StatusRequest request, PrintStream out) {
        return with(request.store(), (found, stores, signals) -> {
            StatusCommand status =
                    new StatusCommand(request, stores.keys(), out, Terminal.isThere(), InstantSource.system());
            signals.answerWith(cancelling(status::cancel, status::cancel));
            return status.run();
        });
    }

    ExitCode await(WaitRequest request, PrintStream out) {
        return with(request.store(), (found, stores, signals) -> {
            WaitCommand wait = new WaitCommand(request, stores, out, Terminal.isThere(), System::nanoTime);
            signals.answerWith(cancelling(wait::cancel, wait::cancel));
            return ended(wait.run(), signals);
        });
    }

    ExitCode switchOver(SwitchRequest request, PrintStream out) {
        return with(request.store(), (found, stores, signals) -> {
            SwitchCommand change =
                    new SwitchCommand(request, stores, new ServerProbe(), out, Terminal.isThere(), System::nanoTime);
            signals.answerWith(cancelling(change::cancel, change::hurry));
            return ended(change.run(), signals);
        });
    }

    ExitCode register(RegisterRequest request) {
        return with(request.store(), (found, stores, signals) -> {
            LOG.info("Using {} as backend", stores.keys().description());
            try (ClaimedKey key = new EtcdClaimedKey(found, request.key(), request.value(), request.life())) {
                Registration registration = new Registration(request, stores, key, new ServerProbe(), System::nanoTime);
                return new Registrar(request, registration, signals).run();
            }
        });
    }

    private ExitCode with(StoreSettings settings, Work work) {
        StopSignals signals = StopSignals.takeOver();
        try {
            StoreSettings found = new NodeDiscovery(dns).resolve(settings);
            try (Stores stores = new Stores(new EtcdKeyStore(found), new EtcdKeyTransactions(found))) {
                return work.with(found, stores, signals);
            }
        } catch (StoreException | DnsException e) {
            LOG.error("{}", e.getMessage());
            return ExitCode.STORE_UNREACHABLE;
        } catch (InterruptedException e) {
            // A signal that came before there was anything to cancel.
            return signals.exitCode().orElse(ExitCode.INTERRUPTED);
        }
    }

    /** Whatever else a signal did, one that cut the work short is told as such. */
    static ExitCode ended(ExitCode code, StopSignals signals) {
        return code.equals(ExitCode.INTERRUPTED) ? signals.exitCode().orElse(code) : code;
    }

    private static Answer cancelling(Runnable cancel, Runnable hurry) {
        return new Answer() {
            @Override
            public void stop() {
                cancel.run();
            }

            @Override
            public void hurry() {
                hurry.run();
            }
        };
    }

    private interface Work {
        /** @param found where the store is, its nodes found */
        ExitCode with(StoreSettings found, Stores stores, StopSignals signals)
                throws StoreException, InterruptedException;
    }
}
