package dev.noether.model.gate;

import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.feature.ScalingKind;
import dev.noether.model.training.Architecture;
import dev.noether.model.training.DetectorOptions;
import dev.noether.model.training.EntityHistory;
import dev.noether.model.training.EntityHistory.Run;
import dev.noether.model.training.HistoryOptions;
import dev.noether.model.training.NetworkOptions;
import dev.noether.model.training.TrainingOptions;
import dev.noether.model.training.WindowSymmetry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Histories of a few servers: features that share slow causes, a daily pattern, and noise with heavy tails. */
final class TestingFleet {
    static final int FEATURES = 8;
    static final int CAUSES = 3;
    static final long MINUTE = 60_000;
    static final AlarmBudget BUDGET = AlarmBudget.parse("1 per entity per P1D");

    private TestingFleet() {}

    static List<EntityHistory> histories(long seed, int entities, int rows) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] mixing = new double[FEATURES][CAUSES];
        for (double[] row : mixing) {
            Arrays.setAll(row, c -> random.nextGaussian());
        }
        List<EntityHistory> histories = new ArrayList<>();
        for (int e = 0; e < entities; e++) {
            long[] times = new long[rows];
            float[] values = new float[rows * FEATURES];
            double[] causes = new double[CAUSES];
            double level = random.nextGaussian();
            for (int i = 0; i < rows; i++) {
                times[i] = i * MINUTE;
                double day = Math.sin(2 * Math.PI * i / 1440 + e);
                for (int c = 0; c < CAUSES; c++) {
                    causes[c] = 0.95 * causes[c] + 0.3 * random.nextGaussian();
                }
                for (int j = 0; j < FEATURES; j++) {
                    double noise = random.nextGaussian() * (random.nextInt(50) == 0 ? 3 : 1);
                    double value = level + day + 0.2 * noise;
                    for (int c = 0; c < CAUSES; c++) {
                        value += mixing[j][c] * causes[c];
                    }
                    values[i * FEATURES + j] = (float) value;
                }
            }
            histories.add(EntityHistory.of("server-" + e, times, values));
        }
        return histories;
    }

    /** The rows of some event times. */
    static List<EntityHistory> between(List<EntityHistory> histories, int from, int to) {
        return histories.stream()
                .map(history -> {
                    Run run = history.runs().get(0);
                    int features = run.rows().length / run.count();
                    return EntityHistory.of(
                            history.entity(),
                            Arrays.copyOfRange(run.times(), from, to),
                            Arrays.copyOfRange(run.rows(), from * features, to * features));
                })
                .toList();
    }

    /** Some rows of the first server, the last ten of which are broken. */
    static ConfirmedIncident incident(List<EntityHistory> histories, int from) {
        EntityHistory rows = between(histories, from, from + 50).get(0);
        Run run = rows.runs().get(0);
        for (int i = 40; i < 50; i++) {
            run.rows()[i * FEATURES] += 6;
        }
        return new ConfirmedIncident(rows.entity(), run.times()[40], run.times()[49] + 1, run);
    }

    static DetectorOptions options(long seed, int codeSize) {
        TrainingOptions training =
                TrainingOptions.defaults().withEpochs(3).withBatchSize(128).withSeed(seed);
        return new DetectorOptions(
                new NetworkOptions(4, codeSize, List.of(16), Architecture.PCA_RESIDUAL),
                5,
                ScalingKind.STANDARD,
                training,
                new HistoryOptions(1000, 0.15, 0.15),
                WindowSymmetry.NONE,
                ScoreRule.DEFAULT);
    }
}
