package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.alarm.AdaptationRates;
import dev.noether.model.alarm.AlarmState;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ArtifactException;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.ScalingKind;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole way from rows to verdicts with features in other units, and with other zero points. */
final class FreeOfUnitsTest extends RandomizedTest {
    private static final FeatureSchema SCHEMA = new FeatureSchema(List.of("load", "rate", "count", "limit", "errors"));
    private static final int FEATURES = 5;
    /** Constant in the history. */
    private static final int LIMIT = 3;
    /** Always zero in the history. */
    private static final int ERRORS = 4;

    private static final int HISTORY = 1500;
    private static final int LIVE = 500;

    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = new OpenBlasEngine();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    /** Verdict and p-value of each live row. */
    private record Verdicts(double[] pValues, boolean[] isAnomalous) {}

    @ParameterizedTest
    @EnumSource
    void verdictsDoNotDependOnTheUnits(ScalingKind kind) {
        RandomGenerator random = random();
        double[] rows = rows(random);
        Verdicts plain = verdicts(kind, rows);
        assertThat(plain.isAnomalous()).contains(true);
        for (int round = 0; round < 3; round++) {
            double[] units = new double[FEATURES];
            Arrays.setAll(units, j -> Math.pow(10, random.nextInt(-30, 31)));
            double[] other = rows.clone();
            Arrays.setAll(other, i -> other[i] * units[i % FEATURES]);
            assertEqual(verdicts(kind, other), plain, "units " + Arrays.toString(units));
        }
    }

    /** Differences to what is usual do not depend on the zero point, unless the feature never moved. */
    @ParameterizedTest
    @EnumSource
    void verdictsDoNotDependOnTheZeroPoint(ScalingKind kind) {
        RandomGenerator random = random();
        double[] rows = rows(random);
        Verdicts plain = verdicts(kind, rows);
        for (int round = 0; round < 3; round++) {
            double[] shifts = new double[FEATURES];
            for (int j = 0; j < LIMIT; j++) {
                shifts[j] = (random.nextBoolean() ? 1 : -1) * Math.pow(10, random.nextDouble(0, 10));
            }
            double[] other = rows.clone();
            Arrays.setAll(other, i -> other[i] + shifts[i % FEATURES]);
            assertEqual(verdicts(kind, other), plain, "shifts " + Arrays.toString(shifts));
        }
    }

    private static void assertEqual(Verdicts found, Verdicts plain, String as) {
        assertThat(found.isAnomalous()).as(as).isEqualTo(plain.isAnomalous());
        for (int i = 0; i < LIVE; i++) {
            double expected = plain.pValues()[i];
            assertThat(Math.abs(Math.log(found.pValues()[i] / expected)))
                    .as("row %d with p-value %s, %s", i, expected, as)
                    .isLessThan(1e-3 * Math.max(1, -Math.log(expected) / 10));
        }
    }

    /** Correlated features, a count of few values, a constant and a zero; the live rows have breaks of each. */
    private static double[] rows(RandomGenerator random) {
        double[] rows = new double[(HISTORY + LIVE) * FEATURES];
        double load = 0;
        for (int i = 0; i < HISTORY + LIVE; i++) {
            int at = i * FEATURES;
            load = 0.9 * load + random.nextGaussian();
            rows[at] = 20 + 2 * load + random.nextGaussian();
            rows[at + 1] = 5 - load + 0.5 * random.nextGaussian();
            rows[at + 2] = random.nextInt(5);
            rows[at + LIMIT] = 12.5;
            if (i >= HISTORY && i % 50 < 3) {
                int broken = i / 50 % FEATURES;
                rows[at + broken] += broken == ERRORS ? 0.002 : 8 + random.nextInt(40);
            }
        }
        return rows;
    }

    private static Verdicts verdicts(ScalingKind kind, double[] rows) {
        long[] times = new long[HISTORY];
        Arrays.setAll(times, i -> i * 60_000L);
        EntityHistory history = EntityHistory.of("host", times, Arrays.copyOf(rows, HISTORY * FEATURES));
        DetectorOptions options = new DetectorOptions(
                new NetworkOptions(4, 3, List.of(8), Architecture.PCA_RESIDUAL),
                5,
                kind,
                TrainingOptions.defaults().withEpochs(2),
                new HistoryOptions(1000, 0.15, 0.15),
                WindowSymmetry.NONE,
                ScoreRule.DEFAULT);
        ModelArtifact trained = new DetectorTrainer(engine, options)
                .train(SCHEMA, List.of(history), new TreeMap<>(), TrainingProgress.SILENT)
                .model();
        return score(stored(trained), rows);
    }

    private static ModelArtifact stored(ModelArtifact model) {
        try {
            ModelArtifact read = ArtifactCodec.decode(ArtifactCodec.encode(model));
            assertThat(read.scaling()).isEqualTo(model.scaling());
            return read;
        } catch (ArtifactException e) {
            throw new AssertionError(e);
        }
    }

    private static Verdicts score(ModelArtifact model, double[] rows) {
        Verdicts verdicts = new Verdicts(new double[LIVE], new boolean[LIVE]);
        AlarmThreshold threshold = new AlarmThreshold(model.calibration(), 1e-3, AdaptationRates.DEFAULT);
        AlarmState alarms = threshold.start();
        EntityBaseline start = model.startingBaseline("host");
        EntityBaseline baseline = start.copy();
        WindowBuffer buffer = new WindowBuffer(model.contextRows(), 0, FEATURES);
        buffer.setOrigin(model.scaling().origin());
        try (WindowScorer scorer = new WindowScorer(model, engine, 1)) {
            for (int i = HISTORY - model.contextRows(); i < HISTORY + LIVE; i++) {
                int position = buffer.add(i * 60_000L, rows, i * FEATURES);
                if (i >= HISTORY) {
                    scorer.add(buffer, position);
                    Judgement judged = scorer.judge(0, baseline, start, threshold, alarms);
                    verdicts.pValues()[i - HISTORY] = judged.pValue();
                    verdicts.isAnomalous()[i - HISTORY] = judged.isAnomalous();
                    scorer.clear();
                }
            }
        }
        return verdicts;
    }
}
