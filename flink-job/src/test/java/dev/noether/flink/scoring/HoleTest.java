package dev.noether.flink.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.ContributionDetail;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.feature.InputForm;
import dev.noether.model.feature.ScalingKind;
import dev.noether.model.training.Architecture;
import dev.noether.model.training.DetectorOptions;
import dev.noether.model.training.DetectorTrainer;
import dev.noether.model.training.EntityHistory;
import dev.noether.model.training.HistoryOptions;
import dev.noether.model.training.NetworkOptions;
import dev.noether.model.training.TrainingOptions;
import dev.noether.model.training.TrainingProgress;
import dev.noether.model.training.WindowSymmetry;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import dev.noether.testing.RandomizedTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A feature that is away while the load of the hosts rises, and comes back: no row in the hole and behind it is judged
 * with a value of before the hole.
 */
final class HoleTest extends RandomizedTest {
    private static final int HOSTS = 4;
    private static final int HISTORY = 3000;
    private static final int LIVE = 900;
    private static final int FROM = 300;
    private static final int TO = 600;
    private static final int FEATURES = ScoringHarness.FEATURES;

    @TempDir
    Path folder;

    /** Features that follow the load of a host, which rises and falls within 1,000 seconds. */
    private static double[] rows(int count, int first, SplittableRandom random) {
        double[] rows = new double[count * FEATURES];
        double own = 0;
        for (int i = 0; i < count; i++) {
            own = 0.95 * own + 0.1 * random.nextGaussian();
            double load = 3 * Math.sin(2 * Math.PI * (first + i) / 1000.0) + own;
            for (int j = 0; j < FEATURES; j++) {
                rows[i * FEATURES + j] = (float) (20 + (j + 1) * load + 0.3 * random.nextGaussian());
            }
        }
        return rows;
    }

    private static ModelArtifact train(List<EntityHistory> histories) {
        DetectorOptions options = new DetectorOptions(
                new NetworkOptions(ScoringHarness.WINDOW, 3, List.of(), Architecture.PCA_RESIDUAL),
                ScoringHarness.WINDOW - 1,
                ScalingKind.STANDARD,
                TrainingOptions.defaults().withEpochs(1).withLearningRate(1e-9),
                new HistoryOptions(100, 0.15, 0.15),
                WindowSymmetry.NONE,
                ScoreRule.DEFAULT);
        try (Engine engine = new OpenBlasEngine()) {
            return new DetectorTrainer(engine, options)
                    .train(TestingModels.features(FEATURES), histories, new TreeMap<>(), TrainingProgress.SILENT)
                    .model();
        }
    }

    private static ScoringOptions options() {
        ScoringOptions plain = ScoringHarness.options(1);
        return new ScoringOptions(
                plain.detector(),
                plain.window(),
                plain.policies(),
                plain.maxEntities(),
                AlarmBudget.parse("1 per entity per PT10000S"),
                plain.microBatch(),
                ContributionDetail.ANOMALOUS,
                plain.engine(),
                plain.keys());
    }

    /**
     * Judges live rows.
     *
     * @param away hosts without the feature f1 in the hole
     * @return the anomalous rows from the beginning of the hole until 100 rows behind it
     */
    private long alarms(ModelArtifact model, List<double[]> live, int away) throws Exception {
        try (ScoringHarness harness = new ScoringHarness(options())) {
            harness.announce(new TestingModels(folder).release(1, 0, model));
            List<Score> scores = new ArrayList<>();
            for (int i = 0; i < LIVE; i++) {
                for (int host = 0; host < HOSTS; host++) {
                    float[] values = new float[FEATURES];
                    for (int j = 0; j < FEATURES; j++) {
                        values[j] = (float) live.get(host)[i * FEATURES + j];
                    }
                    if (host < away && i >= FROM && i < TO) {
                        values[1] = Float.NaN;
                    }
                    long time = (HISTORY + i) * 1000L;
                    harness.send(new ObservationRow("host-" + host, time, 0, (long) i * HOSTS + host, values));
                }
                scores.addAll(harness.scores());
            }
            assertThat(scores).hasSize(LIVE * HOSTS);
            return scores.stream()
                    .filter(score -> score.verdict() == Verdict.ANOMALOUS)
                    .filter(score -> score.eventTime() >= (HISTORY + FROM) * 1000L
                            && score.eventTime() < (HISTORY + TO + 100) * 1000L)
                    .count();
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "4"})
    void noRowIsJudgedWithAValueOfBeforeTheHole(int away) throws Exception {
        long seed = random().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        List<EntityHistory> histories = new ArrayList<>();
        List<double[]> live = new ArrayList<>();
        long[] times = new long[HISTORY];
        Arrays.setAll(times, i -> i * 1000L);
        for (int host = 0; host < HOSTS; host++) {
            double[] rows = rows(HISTORY + LIVE, 0, random);
            histories.add(EntityHistory.of("host-" + host, times, Arrays.copyOf(rows, HISTORY * FEATURES)));
            live.add(Arrays.copyOfRange(rows, HISTORY * FEATURES, rows.length));
        }
        ModelArtifact model = train(histories);
        // 400 rows of 4 hosts; .16 alarms are promised.
        assertThat(alarms(model, live, away)).as("alarms, seed %d", seed).isLessThan(3);
        // A model that does not know how long features are away holds the last value.
        assertThat(alarms(model.withInput(InputForm.PLAIN), live, away))
                .as("alarms about held values, seed %d", seed)
                .isGreaterThan(5);
    }
}
