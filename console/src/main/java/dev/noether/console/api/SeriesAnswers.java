package dev.noether.console.api;

import dev.noether.console.http.HttpProblem;
import dev.noether.console.http.HttpReply;
import dev.noether.console.http.QueryParameters;
import dev.noether.console.store.ConsoleStore;
import dev.noether.console.store.EntityQueries;
import dev.noether.console.store.EntityQueries.Entity;
import dev.noether.console.store.ScoreQueries;
import dev.noether.flink.config.DetectorConfig;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The answer with the rows of one entity over time. The store keeps few normal rows; the rest is read from the topics
 * while they have it. Thread safe.
 */
final class SeriesAnswers implements AutoCloseable {
    private static final int MOST_POINTS = 5_000;
    private static final int USUAL_POINTS = 600;
    /** Values of features that are held at once, about 80 bytes each. */
    private static final int MOST_VALUES = 200_000;

    private static final long USUAL = Duration.ofHours(6).toMillis();

    private final DetectorConfig config;
    private final ConsoleStore store;
    private final BooleanSupplier isKafkaAway;
    private final SeriesCompletion completion;

    /** Makes the answers; without Kafka the store alone is asked. */
    SeriesAnswers(DetectorConfig config, ConsoleStore store, BooleanSupplier isKafkaAway) {
        this.config = config;
        this.store = store;
        this.isKafkaAway = isKafkaAway;
        this.completion = new SeriesCompletion(config, store);
    }

    /** {@code GET /api/series}. */
    HttpReply series(QueryParameters parameters) {
        String name = parameters.required("entity");
        int points = parameters.integer("points", 2, MOST_POINTS, USUAL_POINTS);
        Entity entity = store.find(connection -> EntityQueries.get(connection, name, 0, 1));
        if (entity == null) {
            throw new HttpProblem(404, "There is no entity `" + name + "`.");
        }
        Long last = entity.last();
        EventRange range = EventRange.recent(parameters, last == null ? System.currentTimeMillis() : last, USUAL);
        SeriesRows rows = new SeriesRows(
                Math.max(2 * points, MOST_VALUES / config.features().names().size()));
        store.read(connection -> {
            ScoreQueries.each(connection, name, range.from(), range.to(), rows::add);
            return true;
        });
        SeriesCompletion.Outcome outcome = isKafkaAway.getAsBoolean()
                ? new SeriesCompletion.Outcome(
                        false, "Kafka cannot be read now: only the scores that the console keeps are shown.")
                : completion.complete(name, range, rows);
        return answer(name, range, rows, points, outcome);
    }

    @Override
    public void close() {
        completion.close();
    }

    private HttpReply answer(
            String entity, EventRange range, SeriesRows rows, int points, SeriesCompletion.Outcome outcome) {
        SeriesColumns columns = SeriesColumns.of(rows.list(), config.features().names(), range, points);
        return HttpReply.json(json -> {
            json.text("entity", entity)
                    .integer("from", range.from())
                    .integer("to", range.to())
                    .text("source", outcome.hasObservations() ? "observations" : "scores")
                    .flag("thinned", columns.isThinned() || rows.isReduced())
                    .text("message", outcome.message());
            columns.write(json);
        });
    }
}
