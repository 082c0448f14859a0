package dev.segue.http;

import dev.segue.settings.Build;
import dev.segue.status.Health;
import dev.segue.status.Picture;
import dev.segue.status.StatusBoard;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The figures of one picture after another, in the format that the scraper understands. Thread-safe. */
final class Metrics {
    private final ExpositionFormatWriter plain = PrometheusTextFormatWriter.create();
    private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();
    private final PrometheusRegistry registry = new PrometheusRegistry();

    Metrics(StatusBoard board, Health.Limits limits, Build build) {
        Figures figures = new Figures(build);
        registry.register(() -> {
            Picture picture = board.picture();
            return figures.of(picture, Health.of(picture, limits));
        });
    }

    /** @param accept the request's Accept header; OpenMetrics for who asks for it, the older text for all others */
    Answer scrape(String accept) {
        ExpositionFormatWriter writer = openMetrics.accepts(accept) ? openMetrics : plain;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Answer(Answer.OK, writer.getContentType(), text.toString(StandardCharsets.UTF_8));
    }
}
