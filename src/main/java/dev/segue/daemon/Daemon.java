package dev.segue.daemon;

import dev.segue.convert.ConfDirConversion;
import dev.segue.cutover.Acknowledger;
import dev.segue.dns.Dns;
import dev.segue.dns.DnsException;
import dev.segue.dns.SystemDns;
import dev.segue.keyfile.KeyFile;
import dev.segue.plan.Outcome;
import dev.segue.reconcile.Definitions;
import dev.segue.reconcile.Elsewhere;
import dev.segue.render.RenderException;
import dev.segue.render.Renderer;
import dev.segue.render.functions.Outside;
import dev.segue.resource.ConfDirectory;
import dev.segue.resource.ResourceDefaults;
import dev.segue.resource.StoreTable;
import dev.segue.settings.ConvertRequest;
import dev.segue.settings.ExitCode;
import dev.segue.settings.Membership;
import dev.segue.settings.ProblemsException;
import dev.segue.settings.Program;
import dev.segue.settings.RegisterRequest;
import dev.segue.settings.RenderRequest;
import dev.segue.settings.Settings;
import dev.segue.settings.Settings.Repeat;
import dev.segue.settings.StatusRequest;
import dev.segue.settings.StoreSettings;
import dev.segue.settings.SwitchRequest;
import dev.segue.settings.WaitRequest;
import dev.segue.status.ResourceStatus;
import dev.segue.store.KeyStore;
import dev.segue.store.LeasedKey;
import dev.segue.store.StoreException;
import dev.segue.store.etcd.EtcdLeasedKey;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each kind of run from its settings to its exit code. */
public final class Daemon implements Program {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    /** A member that was cut off or killed is gone after this. */
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final StoreTable stores;
    private final Dns dns = new SystemDns();
    private final Outside outside =
            new Outside(Daemon::variable, InstantSource.system(), ZoneId.systemDefault(), dns, Daemon::hostName);

    /** @param stores reads what resource files say of other stores than the run's own */
    public Daemon(StoreTable stores) {
        this.stores = stores;
    }

    @Override
    public ExitCode run(Settings settings, PrintStream out) {
        StopSignals signals = StopSignals.takeOver();
        if (settings.repeat() == Repeat.FOREVER) {
            // Until the run answers to them they must not end it; it begins with a look at everything anyway.
            Signals.answer(name -> {}, "HUP", "USR1");
        }
        return withDefinitions(settings, signals, (found, store, definitions) -> {
            try (Elsewhere elsewhere = new Elsewhere(KeyStores::open);
                    Assembly parts = assemble(settings, store, elsewhere, definitions, out)) {
                if (settings.repeat() == Repeat.FOREVER) {
                    return new Service(settings, parts, signals, membership -> key(found, membership)).run();
                }
                return passOnce(
                        parts, signals, all -> isGood(definitions, all) ? ExitCode.OK : ExitCode.RESOURCE_FAILED);
            }
        });
    }

    @Override
    public ExitCode plan(Settings settings, PrintStream out) {
        StopSignals signals = StopSignals.takeOver();
        Settings once = settings.asPlan();
        return withDefinitions(once, signals, (found, store, definitions) -> {
            try (Elsewhere elsewhere = new Elsewhere(KeyStores::open);
                    Assembly parts = assemble(once, store, elsewhere, definitions, out)) {
                return passOnce(parts, signals, all -> {
                    if (!isGood(definitions, all)) {
                        return ExitCode.RESOURCE_FAILED;
                    }
                    boolean changes = all.stream().anyMatch(status -> status.outcome() instanceof Outcome.WouldUpdate);
                    return changes ? ExitCode.CHANGES : ExitCode.OK;
                });
            }
        });
    }

    @Override
    public ExitCode render(RenderRequest request, PrintStream out) {
        try {
            Renderer renderer = new Renderer(request.templates(), outside);
            out.writeBytes(renderer.render(request.template(), KeyFile.read(request.data()))
                    .bytes());
            out.flush();
            return ExitCode.OK;
        } catch (ProblemsException e) {
            return refuse(e);
        } catch (RenderException e) {
            LOG.error("{}", e.getMessage());
            return ExitCode.RESOURCE_FAILED;
        }
    }

    @Override
    public ExitCode convert(ConvertRequest request, PrintStream out) {
        try {
            ConfDirConversion.Report report = ConfDirConversion.run(request);
            new TreeMap<>(report.templates())
                    .forEach((old, made) ->
                            out.println(old + " -> " + request.to().resolve(made)));
            report.notCarriedOver().forEach(problem -> LOG.error("{}", problem));
            out.println(report.files() + " files are in " + request.to()
                    + (report.notCarriedOver().isEmpty() ? "" : "; what is marked there has to be seen to"));
            return report.notCarriedOver().isEmpty() ? ExitCode.OK : ExitCode.NOT_CARRIED_OVER;
        } catch (ProblemsException e) {
            return refuse(e);
        }
    }

    @Override
    public ExitCode status(StatusRequest request, PrintStream out) {
        return new Cutovers(dns).status(request, out);
    }

    @Override
    public ExitCode await(WaitRequest request, PrintStream out) {
        return new Cutovers(dns).await(request, out);
    }

    @Override
    public ExitCode switchOver(SwitchRequest request, PrintStream out) {
        return new Cutovers(dns).switchOver(request, out);
    }

    @Override
    public ExitCode register(RegisterRequest request) {
        return new Cutovers(dns).register(request);
    }

    private Assembly assemble(
            Settings settings, KeyStore store, Elsewhere elsewhere, Definitions definitions, PrintStream out) {
        LOG.info("Using {} as backend", store.description());
        Renderer renderer = new Renderer(settings.confDir().resolve("templates"), outside);
        return new Assembly(settings, definitions, store, elsewhere, renderer, out);
    }

    /** One pass of everything; one that a signal cuts short ends with the code that a shell has for it. */
    private static ExitCode passOnce(
            Assembly parts, StopSignals signals, Function<List<ResourceStatus>, ExitCode> verdict)
            throws StoreException, InterruptedException {
        signals.answerWith(new StopSignals.Answer() {
            @Override
            public void stop() {
                parts.cancel();
            }

            @Override
            public void hurry() {
                parts.hurry();
            }
        });
        ExitCode code = verdict.apply(parts.loop().once());
        return signals.exitCode().orElse(code);
    }

    private ExitCode withDefinitions(Settings settings, StopSignals signals, Work work) {
        try {
            StoreSettings found = new NodeDiscovery(dns).resolve(settings.store());
            try (KeyStore store = KeyStores.open(found)) {
                ResourceDefaults defaults = ResourceDefaults.STANDARD
                        .withPrefix(settings.prefix())
                        .withEnvironment(Daemon::variable)
                        .withStores(stores);
                Definitions definitions =
                        Definitions.load(new ConfDirectory(settings.confDir(), defaults, InstantSource.system()));
                return signals.came() ? cutShort(settings, signals) : work.with(found, store, definitions);
            }
        } catch (ProblemsException | StoreException | DnsException | InterruptedException e) {
            return signals.came() ? cutShort(settings, signals) : failure(e);
        }
    }

    /** For a run that lasts an end is no failure, however early it is asked for. */
    private static ExitCode cutShort(Settings settings, StopSignals signals) {
        return settings.repeat() == Repeat.FOREVER
                ? ExitCode.OK
                : signals.exitCode().orElseThrow();
    }

    private static LeasedKey key(StoreSettings found, Membership membership) {
        return new EtcdLeasedKey(found, Acknowledger.keyOf(membership), LEASE);
    }

    private static ExitCode failure(Exception e) {
        if (e instanceof ProblemsException problems) {
            return refuse(problems);
        }
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return ExitCode.RESOURCE_FAILED;
        }
        LOG.error("{}", e.getMessage());
        return ExitCode.STORE_UNREACHABLE;
    }

    private static ExitCode refuse(ProblemsException e) {
        e.problems().forEach(problem -> LOG.error("{}", problem));
        return ExitCode.CONFIGURATION;
    }

    private static boolean isGood(Definitions definitions, List<ResourceStatus> all) {
        return !definitions.anyRefused()
                && all.stream().allMatch(status -> status.outcome().isGood());
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private interface Work {
        /** @param found where the store is, its nodes found */
        ExitCode with(StoreSettings found, KeyStore store, Definitions definitions)
                throws StoreException, InterruptedException;
    }
}
