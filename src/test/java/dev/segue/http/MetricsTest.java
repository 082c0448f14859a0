package dev.segue.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plan.Rung;
import dev.segue.settings.Build;
import dev.segue.status.Health;
import dev.segue.status.Sample;
import dev.segue.status.StatusBoard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MetricsTest {
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-z_][a-z0-9_]*)(\\{(?:[a-z_]+=\"(?:[^\"\\\\\\n]|\\\\[\"\\\\n])*\",?)+})? (-?[0-9.]+(?:E[0-9]+)?)");
    private static final Pattern TABLE_ROW = Pattern.compile("^\\| `([a-z_]+)(?:\\{[^`]*})?` \\|", Pattern.MULTILINE);

    private Instant now = Sample.START;
    private final StatusBoard board = new StatusBoard("http://127.0.0.1:2379", () -> now, () -> now);
    private final Metrics metrics = new Metrics(
            board, Health.Limits.of(Duration.ofSeconds(3), Duration.ofSeconds(60)), new Build("1.2.3", "abc1234"));

    @Test
    void scrape_ofAResourceThatOwesItsReload_showsItsFigures() {
        board.storeRead(42);
        board.turned(Duration.ofSeconds(10));
        board.publish(
                List.of(Sample.owing(Rung.INSTALLED, Sample.START)),
                new TreeMap<>(Map.of("conf.d/bad.toml", List.of("bad"))));
        now = now.plusSeconds(73);

        assertThat(samples(scrape("")))
                .containsEntry("segue_build_info{commit=\"abc1234\",version=\"1.2.3\"}", "1")
                .containsEntry("segue_healthy", "0.0")
                .containsEntry("segue_ready", "0.0")
                .containsEntry("segue_loop_turns_total", "1.0")
                .containsEntry("segue_loop_overdue_seconds", "63.0")
                .containsEntry("segue_resource_files_refused", "1.0")
                .containsEntry("segue_store_up", "1.0")
                .containsEntry("segue_store_lost_seconds", "0.0")
                .containsEntry("segue_store_revision", "42.0")
                .containsEntry("segue_store_reads_total{result=\"success\"}", "1.0")
                .containsEntry("segue_store_reads_total{result=\"failure\"}", "0.0")
                .containsEntry("segue_resource_applied{resource=\"conf.d/nginx.toml\"}", "0.0")
                .containsEntry("segue_resource_applied_revision{resource=\"conf.d/nginx.toml\"}", "41.0")
                .containsEntry("segue_resource_owed_seconds{resource=\"conf.d/nginx.toml\"}", "73.0")
                .containsEntry("segue_resource_passes_total{resource=\"conf.d/nginx.toml\"}", "7.0")
                .containsEntry("segue_resource_updates_total{resource=\"conf.d/nginx.toml\"}", "2.0")
                .containsEntry("segue_resource_failures_total{resource=\"conf.d/nginx.toml\"}", "3.0")
                .containsEntry("segue_reloads_total{resource=\"conf.d/nginx.toml\",result=\"success\"}", "2.0")
                .containsEntry("segue_reloads_total{resource=\"conf.d/nginx.toml\",result=\"failure\"}", "3.0")
                .containsEntry("segue_roll_backs_total{resource=\"conf.d/nginx.toml\"}", "1.0");
    }

    @Test
    void scrape_ofAnAppliedResource_saysWhen() {
        board.publish(List.of(Sample.applied()), new TreeMap<>());

        Map<String, String> samples = samples(scrape(""));

        assertThat(samples).containsEntry("segue_resource_applied{resource=\"conf.d/nginx.toml\"}", "1.0");
        String at = samples.getOrDefault(
                "segue_resource_last_applied_timestamp_seconds{resource=\"conf.d/nginx.toml\"}", "0");
        assertThat(Double.parseDouble(at)).isEqualTo((double) Sample.START.getEpochSecond());
    }

    @Test
    void scrape_ofALostStore_saysHowLong() {
        board.storeLost("refused");
        now = now.plusSeconds(9);

        assertThat(samples(scrape("")))
                .containsEntry("segue_store_up", "0.0")
                .containsEntry("segue_store_lost_seconds", "9.0");
    }

    @Test
    void scrape_ofStoresBesideTheRunsOwn_tellsOfEach() {
        assertThat(scrape("").body()).doesNotContain("segue_other_store");

        board.otherStoresAre(List.of("file a.yaml", "redis://127.0.0.1:6379"));
        board.otherStoreRead("file a.yaml", 7);
        board.otherStoreLost("redis://127.0.0.1:6379", "refused");
        now = now.plusSeconds(9);

        assertThat(samples(scrape("")))
                .containsEntry("segue_other_store_up{store=\"file a.yaml\"}", "1.0")
                .containsEntry("segue_other_store_up{store=\"redis://127.0.0.1:6379\"}", "0.0")
                .containsEntry("segue_other_store_lost_seconds{store=\"redis://127.0.0.1:6379\"}", "9.0");
    }

    @Test
    void scrape_afterAResourceIsGone_hasNoneOfItsSeries() {
        board.publish(List.of(Sample.applied()), new TreeMap<>());
        assertThat(scrape("").body()).contains("nginx.toml");

        board.publish(List.of(), new TreeMap<>());

        assertThat(scrape("").body()).doesNotContain("nginx.toml");
    }

    @Test
    void scrape_byPrometheus_getsOpenMetricsWhenItAsksForIt() {
        Answer answer = scrape("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.4");

        assertThat(answer.contentType()).startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(answer.body()).endsWith("# EOF\n");
    }

    @Test
    void scrape_byAnyoneElse_getsTheTextFormat() {
        assertThat(scrape("*/*").contentType()).startsWith("text/plain; version=0.0.4");
    }

    @Test
    void scrape_everyLine_isOfTheTextFormatAndEverySeriesHasHelpAndType() {
        board.storeRead(42);
        board.publish(List.of(Sample.applied(), Sample.held()).subList(0, 1), new TreeMap<>());

        Set<String> described = new TreeSet<>();
        Set<String> typed = new TreeSet<>();
        for (String line : scrape("").body().lines().toList()) {
            if (line.startsWith("# HELP ")) {
                assertThat(described.add(line.split(" ", -1)[2])).as(line).isTrue();
            } else if (line.startsWith("# TYPE ")) {
                assertThat(line).matches("# TYPE \\S+ (counter|gauge)");
                assertThat(typed.add(line.split(" ", -1)[2])).as(line).isTrue();
            } else {
                Matcher sample = SAMPLE.matcher(line);
                assertThat(sample.matches()).as(line).isTrue();
                assertThat(typed).as(line).contains(sample.group(1));
            }
        }
        assertThat(described).isEqualTo(typed);
    }

    @Test
    void scrape_names_areThoseOfTheReadme() throws IOException {
        board.storeRead(42);
        board.publish(List.of(Sample.applied()), new TreeMap<>());
        String readme = Files.readString(Path.of("README.md"));
        Set<String> promised = TABLE_ROW
                .matcher(readme)
                .results()
                .map(row -> row.group(1))
                .filter(name -> name.startsWith("segue_") || name.startsWith("process_") || name.startsWith("jvm_"))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> given = samples(scrape("")).keySet().stream()
                .map(series -> series.replaceFirst("\\{.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(given).isEqualTo(promised);
    }

    private Answer scrape(String accept) {
        return metrics.scrape(accept);
    }

    /** Series to value, as written. */
    private static Map<String, String> samples(Answer answer) {
        Map<String, String> samples = new LinkedHashMap<>();
        answer.body().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int blank = line.lastIndexOf(' ');
            samples.put(line.substring(0, blank), line.substring(blank + 1));
        });
        return samples;
    }
}
