package dev.noether.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.ScalingKind;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.training.Architecture;
import dev.noether.model.training.DetectorOptions;
import dev.noether.model.training.DetectorTrainer;
import dev.noether.model.training.EntityHistory;
import dev.noether.model.training.HistoryOptions;
import dev.noether.model.training.NetworkOptions;
import dev.noether.model.training.TrainingOptions;
import dev.noether.model.training.TrainingProgress;
import dev.noether.model.training.WindowSymmetry;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class MissingEstimateTest extends RandomizedTest {
    private static final int FEATURES = 4;
    private static final int ROWS = 2000;
    private static final int LIVE = 300;

    /** Values that follow a load far away from the last value that came. */
    @Test
    void aValueThatIsMissingForLongFollowsTheOtherFeatures() {
        double[] rows = rows(random());
        try (Engine engine = new OpenBlasEngine();
                WindowScorer scorer = new WindowScorer(train(engine, rows), engine, 1)) {
            MissingEstimate estimate = scorer.missingEstimate();
            ModelArtifact model = scorer.model();
            assertThat(estimate.isLong(0, model.contextRows())).isFalse();
            assertThat(estimate.isLong(0, model.contextRows() + 1)).isTrue();
            WindowBuffer window = new WindowBuffer(model.contextRows(), 0, FEATURES);
            window.setOrigin(model.scaling().origin());
            for (int i = ROWS - model.contextRows(); i < ROWS; i++) {
                window.add(i, rows, i * FEATURES);
            }
            double held = rows[(ROWS - 1) * FEATURES];
            RunningScale usual = model.startingBaseline("host").raw();
            double ofHeld = 0;
            double ofEstimate = 0;
            for (int i = ROWS; i < ROWS + LIVE; i++) {
                double[] row = Arrays.copyOfRange(rows, i * FEATURES, (i + 1) * FEATURES);
                double truth = row[0];
                row[0] = held;
                estimate.fill(window, usual, row, new boolean[] {true, false, false, false});
                assertThat(Arrays.copyOfRange(row, 1, FEATURES))
                        .as("the other values stay")
                        .isEqualTo(Arrays.copyOfRange(rows, i * FEATURES + 1, (i + 1) * FEATURES));
                window.add(i, row, 0);
                ofHeld += Math.pow(held - truth, 2);
                ofEstimate += Math.pow(row[0] - truth, 2);
            }
            assertThat(ofEstimate).isLessThan(ofHeld / 10);
        }
    }

    private static ModelArtifact train(Engine engine, double[] rows) {
        long[] times = new long[ROWS];
        Arrays.setAll(times, i -> i);
        DetectorOptions options = new DetectorOptions(
                new NetworkOptions(4, 3, List.of(8), Architecture.PCA_RESIDUAL),
                5,
                ScalingKind.STANDARD,
                TrainingOptions.defaults().withEpochs(2),
                new HistoryOptions(1000, 0.15, 0.15),
                WindowSymmetry.NONE,
                ScoreRule.DEFAULT);
        return new DetectorTrainer(engine, options)
                .train(
                        new FeatureSchema(List.of("a", "b", "c", "d")),
                        List.of(EntityHistory.of("host", times, Arrays.copyOf(rows, ROWS * FEATURES))),
                        new TreeMap<>(),
                        TrainingProgress.SILENT)
                .model();
    }

    private static double[] rows(RandomGenerator random) {
        double[] rows = new double[(ROWS + LIVE) * FEATURES];
        for (int i = 0; i < ROWS + LIVE; i++) {
            double load = 5 * Math.sin(i / 60.0) + (i >= ROWS ? 3 : 0);
            for (int j = 0; j < FEATURES; j++) {
                rows[i * FEATURES + j] = 1e9 + (j + 1) * load + 0.3 * random.nextGaussian();
            }
        }
        return rows;
    }
}
