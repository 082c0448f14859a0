package dev.segue.http;

import dev.segue.settings.Build;
import dev.segue.status.Health;
import dev.segue.status.Picture;
import dev.segue.status.StatusBoard;
import dev.segue.status.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** What is behind each path. Thread-safe. */
final class Pages {
    private static final List<String> PATHS = List.of("/healthz", "/readyz", "/status", "/metrics");

    private final StatusBoard board;
    private final Health.Limits limits;
    private final StatusJson json;
    private final Metrics metrics;

    Pages(StatusBoard board, Health.Limits limits, Build build) {
        this.board = board;
        this.limits = limits;
        this.json = new StatusJson(build);
        this.metrics = new Metrics(board, limits, build);
    }

    /** @param accept what the client wants to get, as it said; may be empty */
    Answer page(String path, String accept) {
        return switch (path) {
            case "/healthz" -> verdict(look((picture, health) -> health.alive()), "ok");
            case "/readyz" -> verdict(look((picture, health) -> health.ready()), "ready");
            case "/status" -> new Answer(Answer.OK, "application/json", look(json::text));
            case "/metrics" -> metrics.scrape(accept);
            default -> {
                List<String> lines = new ArrayList<>(List.of("Not here. Segue answers at:"));
                lines.addAll(PATHS);
                yield Answer.text(Answer.NOT_FOUND, lines);
            }
        };
    }

    private <T> T look(BiFunction<Picture, Health, T> view) {
        Picture picture = board.picture();
        return view.apply(picture, Health.of(picture, limits));
    }

    private static Answer verdict(Verdict verdict, String good) {
        return verdict.isGood()
                ? Answer.text(Answer.OK, List.of(good))
                : Answer.text(Answer.UNAVAILABLE, verdict.reasons());
    }
}
