package dev.noether.cli.scenario;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.engine.Engine;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.schedule.ScheduleState;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.model.training.EntityHistory;
import dev.noether.model.training.EntityHistory.Run;
import dev.noether.schemas.Score;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The scores that one model gives alone, outside Flink. Not thread safe. */
final class LoneModel {
    private final Map<String, Map<Long, Double>> scores = new HashMap<>();

    /**
     * Scores.
     *
     * @param from first event time that the model scores
     * @param histories rows by entity, those before {@code from} included
     */
    LoneModel(ModelArtifact model, Engine engine, long from, List<EntityHistory> histories) {
        try (WindowScorer scorer = new WindowScorer(model, engine, 1)) {
            for (EntityHistory history : histories) {
                scores.put(history.entity(), score(model, scorer, from, history));
            }
        }
    }

    private static Map<Long, Double> score(ModelArtifact model, WindowScorer scorer, long from, EntityHistory history) {
        Map<Long, Double> own = new HashMap<>();
        EntityBaseline start = model.startingBaseline(history.entity());
        EntityBaseline baseline = start.copy();
        ScheduleState schedule = new ScheduleState();
        WindowBuffer buffer =
                new WindowBuffer(model.contextRows(), 0, model.features().size());
        Run run = history.runs().get(0);
        for (int i = 0; i < run.count(); i++) {
            int position = buffer.add(run.times()[i], run.rows(), i * buffer.features());
            if (run.times()[i] >= from && buffer.windowEndsAt(position)) {
                if (scorer.hasSchedule(history.entity())) {
                    scorer.add(buffer, position, null, history.entity(), schedule);
                } else {
                    scorer.add(buffer, position);
                }
                own.put(run.times()[i], scorer.judge(0, baseline, start).score());
                scorer.clear();
            }
        }
        return own;
    }

    /** The largest difference from scores of the job, relative to the score if it is above 1; NaN counts as infinite. */
    double largestDifference(List<Score> ofJob) {
        double largest = 0;
        for (Score score : ofJob) {
            Double expected = scores.getOrDefault(score.entity(), Map.of()).get(score.eventTime());
            double difference = expected == null
                    ? Double.POSITIVE_INFINITY
                    : Math.abs(score.score() - expected) / Math.max(1, Math.abs(expected));
            largest = Math.max(largest, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
        }
        return largest;
    }
}
