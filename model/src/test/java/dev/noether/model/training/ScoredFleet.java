package dev.noether.model.training;

import dev.noether.model.alarm.AdaptationRates;
import dev.noether.model.alarm.AlarmState;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.ScalingKind;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.numeric.RankingMetrics;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.testing.PoisonedFleet;
import dev.noether.testing.PoisonedFleet.Incidents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** A {@link PoisonedFleet} whose first rows are the history of a model; the model scores the rows that follow. */
final class ScoredFleet {
    static final int FEATURES = PoisonedFleet.FEATURES;
    static final FeatureSchema SCHEMA =
            new FeatureSchema(List.of("f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11"));

    private static final long MINUTE = 60_000;
    private static final long START = 1_700_000_000_000L;

    private final PoisonedFleet fleet;
    private final int entities;
    private final int history;
    private final int live;

    /**
     * Makes a fleet.
     *
     * @param history rows of each entity to train on
     * @param live rows of each entity that follow
     */
    ScoredFleet(int entities, int history, int live, long seed) {
        this.fleet = new PoisonedFleet(history + live, seed);
        this.entities = entities;
        this.history = history;
        this.live = live;
    }

    /** A twentieth of the history. */
    Incidents poison() {
        return PoisonedFleet.twentieth(0, history);
    }

    /** In the rows to score. */
    Incidents incidents() {
        return PoisonedFleet.hours(history, live);
    }

    /** The rows to train on. */
    List<EntityHistory> history(Incidents incidents) {
        return rows(0, history, incidents);
    }

    private List<EntityHistory> rows(int from, int to, Incidents incidents) {
        List<EntityHistory> histories = new ArrayList<>();
        for (int e = 0; e < entities; e++) {
            float[] all = fleet.entity(e, incidents);
            long[] times = new long[to - from];
            Arrays.setAll(times, i -> START + (from + i) * MINUTE);
            histories.add(EntityHistory.of(
                    "host-" + (char) ('a' + e), times, Arrays.copyOfRange(all, from * FEATURES, to * FEATURES)));
        }
        return histories;
    }

    static DetectorOptions options() {
        return new DetectorOptions(
                new NetworkOptions(4, 6, List.of(24), Architecture.PCA_RESIDUAL),
                5,
                ScalingKind.STANDARD,
                TrainingOptions.defaults().withEpochs(4),
                new HistoryOptions(1000, 0.15, 0.15),
                WindowSymmetry.NONE,
                ScoreRule.DEFAULT);
    }

    static ModelArtifact train(Engine engine, List<EntityHistory> histories) {
        return new DetectorTrainer(engine, options())
                .train(SCHEMA, histories, new TreeMap<>(), TrainingProgress.SILENT)
                .model();
    }

    /**
     * Scores and verdicts of the live rows.
     *
     * @param scores scores for ranking
     * @param isAnomalous verdicts at a budget
     * @param labels which rows belong to an incident
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Scored(float[] scores, boolean[] isAnomalous, boolean[] labels) {
        double areaUnderPrecisionRecall() {
            return RankingMetrics.aucPr(scores, labels);
        }

        /** The share of normal rows with an alarm. */
        double alarmRate() {
            int alarms = 0;
            int normal = 0;
            for (int i = 0; i < labels.length; i++) {
                normal += labels[i] ? 0 : 1;
                alarms += isAnomalous[i] && !labels[i] ? 1 : 0;
            }
            return (double) alarms / normal;
        }
    }

    /**
     * Scores the rows after the history.
     *
     * @param budget alarms promised for each row
     */
    Scored score(Engine engine, ModelArtifact model, Incidents incidents, double budget) {
        int rows = entities * live;
        float[] scores = new float[rows];
        boolean[] isAnomalous = new boolean[rows];
        boolean[] labels = new boolean[rows];
        AlarmThreshold threshold = new AlarmThreshold(model.calibration(), budget, AdaptationRates.DEFAULT);
        List<EntityHistory> all = rows(history, history + live, incidents);
        int at = 0;
        try (WindowScorer scorer = new WindowScorer(model, engine, 1)) {
            for (int e = 0; e < entities; e++) {
                EntityHistory rowsOfEntity = all.get(e);
                EntityBaseline start = model.startingBaseline(rowsOfEntity.entity());
                EntityBaseline baseline = start.copy();
                AlarmState alarms = threshold.start();
                WindowBuffer buffer = new WindowBuffer(model.contextRows(), 0, FEATURES);
                EntityHistory.Run run = rowsOfEntity.runs().get(0);
                for (int i = 0; i < live; i++, at++) {
                    int position = buffer.add(run.times()[i], run.rows(), i * FEATURES);
                    labels[at] = incidents.contains(e, history + i);
                    if (buffer.windowEndsAt(position)) {
                        scorer.add(buffer, position);
                        Judgement judged = scorer.judge(0, baseline, start, threshold, alarms);
                        scores[at] = (float) judged.score();
                        isAnomalous[at] = judged.isAnomalous();
                        scorer.clear();
                    }
                }
            }
        }
        return new Scored(scores, isAnomalous, labels);
    }
}
