package dev.noether.lab.evaluate.topic;

import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.model.training.EntityHistory;
import java.util.List;
import java.util.Map;

/**
 * What a backtest on a topic is made of.
 *
 * @param span the event times
 * @param histories a sample of the history, by entity
 * @param entities a series for each judged entity: as training rows the last ones of its history, as test rows its test
 * @param counts how many records were what
 * @param limits what is left out, one sentence each
 */
public record TopicData(
        TopicSpan span,
        List<EntityHistory> histories,
        List<EvaluationSeries> entities,
        Counts counts,
        List<String> limits) {
    /** Copies the lists. */
    public TopicData {
        histories = List.copyOf(histories);
        entities = List.copyOf(entities);
        limits = List.copyOf(limits);
    }

    /**
     * Numbers of records.
     *
     * @param history observations of the history
     * @param test observations of the test, of all entities
     * @param rejected records that no row can be made of, by reason
     */
    public record Counts(long history, long test, Map<String, Long> rejected) {
        /** Copies the map. */
        public Counts {
            rejected = Map.copyOf(rejected);
        }
    }
}
