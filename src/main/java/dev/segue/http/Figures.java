package dev.segue.http;

import dev.segue.settings.Build;
import dev.segue.status.Health;
import dev.segue.status.Picture;
import dev.segue.status.ResourceStatus;
import dev.segue.status.StoreStatus;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** A picture as metric snapshots: the names, what they mean, and their values. */
final class Figures {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private final Build build;
    private final ProcessFigures process = new ProcessFigures();

    Figures(Build build) {
        this.build = build;
    }

    MetricSnapshots of(Picture picture, Health health) {
        List<MetricSnapshot> all = new ArrayList<>();
        all.add(build());
        all.add(gauge(
                "segue_healthy", "1 while the loop turns", one(health.alive().isGood())));
        all.add(gauge(
                "segue_ready", "1 while /readyz says so", one(health.ready().isGood())));
        all.add(counter("segue_loop_turns", "Turns of the loop", (double)
                picture.pulse().turns()));
        all.add(gauge(
                "segue_loop_overdue_seconds",
                "How long the loop should have turned by now; 0 while it rests as it said",
                seconds(picture.age(picture.pulse().last())
                        .minus(picture.pulse().rest()))));
        all.add(gauge(
                "segue_resource_files_refused",
                "Resource files that cannot be used as they stand",
                picture.refused().size()));
        store(picture, all);
        otherStores(picture, all);
        resources(picture, all);
        all.addAll(process.all());
        return new MetricSnapshots(all);
    }

    private MetricSnapshot build() {
        Labels labels = Labels.of("version", build.version(), "commit", build.commit());
        return InfoSnapshot.builder()
                .name("segue_build")
                .help("Which Segue this is; always 1")
                .dataPoint(InfoDataPointSnapshot.builder().labels(labels).build())
                .build();
    }

    private static void otherStores(Picture picture, List<MetricSnapshot> all) {
        List<StoreStatus> stores = picture.otherStores();
        if (stores.isEmpty()) {
            return;
        }
        all.add(gauges(
                "segue_other_store_up",
                "1 while the last read of a store that a resource file names succeeded",
                stores,
                store -> one(store.isUp())));
        all.add(gauges(
                "segue_other_store_lost_seconds",
                "How long reads of a store that a resource file names have been failing; 0 while they succeed",
                stores,
                store -> seconds(picture.age(store.lostSince()))));
    }

    private static MetricSnapshot gauges(
            String name, String help, List<StoreStatus> stores, ToDoubleFunction<StoreStatus> value) {
        GaugeSnapshot.Builder snapshot = GaugeSnapshot.builder().name(name).help(help);
        stores.forEach(store -> snapshot.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of("store", store.description()))
                .value(value.applyAsDouble(store))
                .build()));
        return snapshot.build();
    }

    private static void store(Picture picture, List<MetricSnapshot> all) {
        if (!picture.isStoreRead()) {
            return;
        }
        StoreStatus store = picture.store();
        all.add(gauge("segue_store_up", "1 while the last read of the store succeeded", one(store.isUp())));
        all.add(gauge(
                "segue_store_lost_seconds",
                "How long reads of the store have been failing; 0 while they succeed",
                seconds(picture.age(store.lostSince()))));
        store.revision()
                .ifPresent(revision ->
                        all.add(gauge("segue_store_revision", "The store's revision that was read last", revision)));
        all.add(CounterSnapshot.builder()
                .name("segue_store_reads")
                .help("Reads of the store")
                .dataPoint(count(Labels.of("result", "success"), store.reads()))
                .dataPoint(count(Labels.of("result", "failure"), store.failures()))
                .build());
    }

    private static void resources(Picture picture, List<MetricSnapshot> all) {
        List<ResourceStatus> resources = picture.resources();
        all.add(gauges(
                "segue_resource_applied",
                "1 while the program has what the store said at the last pass",
                resources,
                resource -> OptionalDouble.of(one(resource.isApplied()))));
        all.add(gauges(
                "segue_resource_applied_revision",
                "The store's revision of what was applied last",
                resources,
                resource -> resource.appliedRevision().isPresent()
                        ? OptionalDouble.of((double) resource.appliedRevision().getAsLong())
                        : OptionalDouble.empty()));
        all.add(gauges(
                "segue_resource_last_applied_timestamp_seconds",
                "When something was applied last",
                resources,
                resource -> resource.appliedAt()
                        .map(time -> OptionalDouble.of(epochSeconds(time)))
                        .orElseGet(OptionalDouble::empty)));
        all.add(gauges(
                "segue_resource_owed_seconds",
                "How long an installed file has been waiting for its reload or verification; 0 while nothing is owed",
                resources,
                resource -> OptionalDouble.of(seconds(picture.age(resource.owedSince())))));
        all.add(counters(
                "segue_resource_passes",
                "Passes that ended",
                resources,
                each -> each.counts().passes()));
        all.add(counters(
                "segue_resource_updates",
                "Passes that brought the target into step",
                resources,
                each -> each.counts().updates()));
        all.add(counters(
                "segue_resource_failures",
                "Passes that failed",
                resources,
                each -> each.counts().failures()));
        all.add(reloads(resources));
        all.add(counters(
                "segue_roll_backs",
                "Times that the previous file was put back",
                resources,
                each -> each.counts().rollBacks()));
    }

    private static MetricSnapshot reloads(List<ResourceStatus> resources) {
        CounterSnapshot.Builder snapshot = CounterSnapshot.builder()
                .name("segue_reloads")
                .help("Reload commands; one that several resources share counts for each of them");
        for (ResourceStatus resource : resources) {
            snapshot.dataPoint(count(
                    Labels.of("resource", resource.name(), "result", "success"),
                    resource.counts().reloads()));
            snapshot.dataPoint(count(
                    Labels.of("resource", resource.name(), "result", "failure"),
                    resource.counts().reloadFailures()));
        }
        return snapshot.build();
    }

    private static MetricSnapshot gauges(
            String name, String help, List<ResourceStatus> resources, Function<ResourceStatus, OptionalDouble> value) {
        GaugeSnapshot.Builder snapshot = GaugeSnapshot.builder().name(name).help(help);
        for (ResourceStatus resource : resources) {
            value.apply(resource)
                    .ifPresent(known -> snapshot.dataPoint(GaugeDataPointSnapshot.builder()
                            .labels(Labels.of("resource", resource.name()))
                            .value(known)
                            .build()));
        }
        return snapshot.build();
    }

    private static MetricSnapshot counters(
            String name, String help, List<ResourceStatus> resources, ToLongFunction<ResourceStatus> value) {
        CounterSnapshot.Builder snapshot = CounterSnapshot.builder().name(name).help(help);
        resources.forEach(resource ->
                snapshot.dataPoint(count(Labels.of("resource", resource.name()), value.applyAsLong(resource))));
        return snapshot.build();
    }

    static MetricSnapshot gauge(String name, String help, long value) {
        return gauge(name, help, (double) value);
    }

    static MetricSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }

    static MetricSnapshot counter(String name, String help, double value) {
        return CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(count(Labels.EMPTY, value))
                .build();
    }

    static double epochSeconds(Instant time) {
        return (double) time.toEpochMilli() / MILLIS;
    }

    static double seconds(Duration duration) {
        return duration.isNegative() ? 0.0 : (double) duration.toNanos() / NANOS;
    }

    private static CounterDataPointSnapshot count(Labels labels, long value) {
        return count(labels, (double) value);
    }

    private static CounterDataPointSnapshot count(Labels labels, double value) {
        return CounterDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    private static double one(boolean yes) {
        return yes ? 1.0 : 0.0;
    }
}
