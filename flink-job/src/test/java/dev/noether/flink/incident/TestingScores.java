package dev.noether.flink.incident;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.IncidentSection;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.Contribution;
import dev.noether.schemas.Score;
import dev.noether.schemas.StuckFeature;
import dev.noether.schemas.Verdict;
import java.time.Duration;
import java.util.List;

/** Scores as the scorer writes them. */
final class TestingScores {
    static final long SECOND = 1_000;
    static final Duration QUIET = Duration.ofMinutes(1);

    private TestingScores() {}

    static DetectorConfig config() {
        return DetectorConfig.withDefaults("fleet", new FeatureSchema(List.of("cpu", "latency")))
                .with(IncidentSection.QUIET, QUIET);
    }

    static Score normal(String entity, long time) {
        return score(entity, time, Verdict.NORMAL, 1, List.of());
    }

    static Score anomalous(String entity, long time, double score) {
        return score(entity, time, Verdict.ANOMALOUS, score, List.of(new Contribution("cpu", 1, 99, 12, 64, 10, 15)));
    }

    /** An anomaly of the latency alone. */
    static Score ofLatency(String entity, long time, float observed, float expected) {
        return score(entity, time, Verdict.ANOMALOUS, 6, List.of(new Contribution("latency", 1, observed, expected)));
    }

    /** A normal score of an entity whose cpu has come with one value for so many observations. */
    static Score stuck(String entity, long time, int observations) {
        Score normal =
                score(entity, time, Verdict.NORMAL, 1, List.of(new Contribution("cpu", 0.5f, 42, 50, 0.3f, 10, 90)));
        return new Score(
                normal.detector(),
                entity,
                time,
                time + 1,
                0,
                time,
                Verdict.NORMAL,
                null,
                normal.score(),
                normal.pValue(),
                normal.threshold(),
                normal.contributions(),
                List.of(),
                7,
                normal.alarmScore(),
                null,
                List.of(new StuckFeature("cpu", observations, Math.pow(2, -observations))));
    }

    private static Score score(
            String entity, long time, Verdict verdict, double score, List<Contribution> contributions) {
        return new Score(
                "fleet",
                entity,
                time,
                time + 1,
                0,
                time,
                verdict,
                null,
                score,
                0.01,
                5,
                contributions,
                List.of(),
                7,
                score,
                null);
    }
}
