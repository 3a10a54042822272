package dev.noether.model.training;

import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.feature.ScalingKind;
import dev.noether.model.testing.TestingArtifacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Random histories, and options under which the steps of the training can be run one by one. */
final class TestingHistories {
    static final int FEATURES = 3;
    static final int WINDOW = 2;
    static final int FORECAST = 3;
    static final int CONTEXT = FORECAST + 1;
    static final int ROWS = 600;
    static final long MINUTE = 60_000;

    private TestingHistories() {}

    /** Each feature depends on its value before, so that the order of the rows matters for the forecast. */
    static List<EntityHistory> histories(RandomGenerator random, int entities) {
        List<EntityHistory> histories = new ArrayList<>();
        for (int e = 0; e < entities; e++) {
            long[] times = new long[ROWS];
            float[] rows = new float[ROWS * FEATURES];
            for (int i = 0; i < ROWS; i++) {
                times[i] = i * MINUTE;
                for (int j = 0; j < FEATURES; j++) {
                    float before = i == 0 ? 0 : rows[(i - 1) * FEATURES + j];
                    rows[i * FEATURES + j] = 0.8f * before + (float) random.nextGaussian();
                }
            }
            histories.add(EntityHistory.of("entity-" + e, times, rows));
        }
        return histories;
    }

    /** Reverses the order of the values of a fold, so that their mean and deviation stay. */
    static List<EntityHistory> reversed(List<EntityHistory> histories, Fold fold) {
        List<EntityHistory> reversed = new ArrayList<>();
        for (EntityHistory history : histories) {
            long[] times = history.runs().get(0).times();
            double[] rows = history.runs().get(0).rows().clone();
            int from = 0;
            int to = times.length;
            while (!fold.contains(times[from])) {
                from++;
            }
            while (!fold.contains(times[to - 1])) {
                to--;
            }
            for (int i = from; i < to; i++) {
                System.arraycopy(
                        history.runs().get(0).rows(), (from + to - 1 - i) * FEATURES, rows, i * FEATURES, FEATURES);
            }
            reversed.add(EntityHistory.of(history.entity(), times, rows));
        }
        return reversed;
    }

    /** Options with one epoch at a tiny learning rate, so that training is fast. */
    static DetectorOptions options(int forecastRows) {
        TrainingOptions training = TrainingOptions.defaults().withEpochs(1).withLearningRate(1e-9);
        return new DetectorOptions(
                new NetworkOptions(WINDOW, 2, List.of(), Architecture.PCA_RESIDUAL),
                forecastRows,
                ScalingKind.STANDARD,
                training,
                new HistoryOptions(10, 0.2, 0.2),
                WindowSymmetry.NONE,
                ScoreRule.DEFAULT);
    }

    static HistorySplit split(List<EntityHistory> histories) {
        return new HistorySplit(histories, FEATURES, options(FORECAST).history());
    }

    static ModelFitter fitter(Engine engine, DetectorOptions options) {
        TreeMap<String, String> provenance = new TreeMap<>();
        provenance.put("key", "value");
        return new ModelFitter(
                engine, options, TestingArtifacts.features(FEATURES), Duration.ofMinutes(1), provenance, List.of());
    }

    /** A trained network, as the fitters need it. */
    static DetectorNetwork network(Engine engine, HistorySplit split) {
        return new DetectorNetworkTrainer(engine, options(FORECAST), FEATURES).train(split, TrainingProgress.SILENT);
    }

    static FoldedModel linear(Engine engine, List<EntityHistory> histories) {
        DetectorOptions options = options(FORECAST);
        return new LinearModelFitter(options, fitter(engine, options), FEATURES).fit(split(histories));
    }
}
