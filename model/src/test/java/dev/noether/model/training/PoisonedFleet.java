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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Servers with twelve readings of three causes: a cycle of four hours, a load that drifts, and noise that comes in bursts. An
 * incident adds a cause of its own to three readings. The same seed makes the same fleet with and without incidents.
 */
final class PoisonedFleet {
    static final int FEATURES = 12;
    static final FeatureSchema SCHEMA = new FeatureSchema(
            List.of("f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11"));

    private static final int CAUSES = 3;
    private static final int CYCLE_ROWS = 240;
    private static final long MINUTE = 60_000;
    private static final long START = 1_700_000_000_000L;
    private static final int[] BROKEN = {2, 5, 9};

    private final int entities;
    private final int history;
    private final int live;
    private final long seed;

    /**
     * Makes a fleet.
     *
     * @param history rows of each entity to train on
     * @param live rows of each entity that follow
     */
    PoisonedFleet(int entities, int history, int live, long seed) {
        this.entities = entities;
        this.history = history;
        this.live = live;
        this.seed = seed;
    }

    /** Says which rows belong to an incident. */
    interface Incidents {
        boolean contains(int entity, int row);
    }

    /** A twentieth of the history: one incident of a fifth of the entities, for a quarter of the time. */
    boolean isPoisoned(int entity, int row) {
        int from = history / 2 + 3 * entity;
        return entity % 5 == 0 && row >= from && row < from + history / 4;
    }

    /** In the rows to score, an incident of an hour in each second entity. */
    boolean isIncident(int entity, int row) {
        int from = history + live / 3 + 7 * entity;
        return entity % 2 == 1 && row >= from && row < from + 60;
    }

    /** The rows to train on. */
    List<EntityHistory> history(Incidents incidents) {
        return rows(0, history, incidents);
    }

    private List<EntityHistory> rows(int from, int to, Incidents incidents) {
        List<EntityHistory> histories = new ArrayList<>();
        RandomGenerator shared = new SplittableRandom(seed);
        float[] loadings = normals(shared, FEATURES * CAUSES);
        for (int e = 0; e < entities; e++) {
            float[] all = entity(e, loadings, new SplittableRandom(seed + 1000 + e), incidents);
            long[] times = new long[to - from];
            Arrays.setAll(times, i -> START + (from + i) * MINUTE);
            histories.add(EntityHistory.of(
                    "host-" + (char) ('a' + e), times, Arrays.copyOfRange(all, from * FEATURES, to * FEATURES)));
        }
        return histories;
    }

    private float[] entity(int entity, float[] loadings, RandomGenerator random, Incidents incidents) {
        int rows = history + live;
        float[] all = new float[rows * FEATURES];
        double load = 0;
        double own = 0;
        double[] offsets = new double[FEATURES];
        Arrays.setAll(offsets, j -> 2 * random.nextGaussian());
        for (int i = 0; i < rows; i++) {
            load = 0.98 * load + 0.2 * random.nextGaussian();
            own = 0.7 * own + 0.7 * random.nextGaussian();
            double burst = random.nextInt(100) == 0 ? 2 * random.nextExponential() : 1;
            double day = Math.sin(2 * Math.PI * i / CYCLE_ROWS);
            for (int j = 0; j < FEATURES; j++) {
                all[i * FEATURES + j] = (float) (offsets[j]
                        + loadings[3 * j] * day
                        + loadings[3 * j + 1] * load
                        + burst * (0.3 * loadings[3 * j + 2] * random.nextGaussian() + 0.2 * random.nextGaussian()));
            }
            if (incidents.contains(entity, i)) {
                for (int j : BROKEN) {
                    all[i * FEATURES + j] += (float) (1.5 + own) * (j == 5 ? -1 : 1);
                }
            }
        }
        return all;
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

    private static float[] normals(RandomGenerator random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
