package dev.noether.model.scoring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.noether.model.alarm.AdaptationRates;
import dev.noether.model.alarm.AlarmState;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.Forecast;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.testing.TestingArtifacts;
import dev.noether.testing.RandomizedTest;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WindowScorerTest extends RandomizedTest {
    private static final int FEATURES = 5;
    private static final int WINDOW = 3;

    private static final ModelArtifact MODEL = TestingArtifacts.random(FEATURES, WINDOW, 11);
    private static final int CONTEXT = MODEL.contextRows();

    private final ModelArtifact model = MODEL;
    private final Engine engine = new OpenBlasEngine();

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    @Test
    void filledInValuesAreNeitherJudgedNorLearned() {
        RandomGenerator random = random();
        for (String entity : List.of("known", "stranger")) {
            EntityBaseline start = model.startingBaseline(entity);
            EntityBaseline baseline = start.copy();
            WindowBuffer buffer = new WindowBuffer(CONTEXT, 0, FEATURES);
            boolean[] filledIn = new boolean[FEATURES];
            filledIn[1] = true;
            try (WindowScorer scorer = new WindowScorer(model, engine, 1)) {
                for (int i = 0; i < 300; i++) {
                    float[] row = normals(random, FEATURES);
                    boolean lacks = i >= 150;
                    if (lacks) {
                        row[1] = 1e6f;
                    }
                    int position = buffer.addStored(i, row, 0);
                    if (!buffer.windowEndsAt(position)) {
                        continue;
                    }
                    // A batch of its own for each row, because earlier rows may have filled-in values.
                    scorer.clear();
                    int at = lacks ? scorer.add(buffer, position, filledIn) : scorer.add(buffer, position);
                    EntityBaseline before = baseline.copy();
                    Judgement judgement = scorer.judge(at, baseline, start);
                    assertThat(judgement.lacksFeatures()).isEqualTo(lacks);
                    assertThat(judgement.isMissing(1)).isEqualTo(lacks);
                    assertThat(judgement.isMissing(0)).isFalse();
                    if (lacks) {
                        assertThat(judgement.share(1)).isZero();
                        for (int view = 0; view < 2; view++) {
                            assertUnmoved(before.view(view), baseline.view(view), 1);
                        }
                        assertUnmoved(before.raw(), baseline.raw(), 1);
                        assertThat(baseline.raw().mean(0))
                                .isNotEqualTo(before.raw().mean(0));
                    }
                }
            }
        }
    }

    private static void assertUnmoved(RunningScale before, RunningScale after, int feature) {
        assertThat(after.mean(feature)).isEqualTo(before.mean(feature));
        assertThat(after.variance(feature))
                .isCloseTo(before.variance(feature), within(1e-5f * before.variance(feature)));
    }

    @Test
    void scoresOfWindowsAloneAndInBatchesAreTheSame() {
        float[] rows = normals(random(), 500 * FEATURES);
        List<Double> alone = scores(engine, rows, 1);
        assertThat(alone).hasSize(500 - CONTEXT + 1).allMatch(score -> score >= 0 && Double.isFinite(score));
        for (int batch : new int[] {2, 17, 256, 1000}) {
            assertClose(scores(engine, rows, batch), alone);
        }
        assertClose(scores(new ReferenceEngine(), rows, 64), alone);
    }

    @Test
    void addingAndJudgingAllocateNothing() {
        int batch = 64;
        int rounds = 400;
        float[] rows = normals(random(), 1000 * FEATURES);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        WindowBuffer buffer = new WindowBuffer(CONTEXT, 4, FEATURES);
        EntityBaseline start = model.startingBaseline("known");
        EntityBaseline baseline = start.copy();
        AlarmThreshold threshold = new AlarmThreshold(model.calibration(), 0.05, AdaptationRates.DEFAULT);
        AlarmState alarms = threshold.start();
        boolean[] filledIn = {false, true, false, false, false};
        try (WindowScorer scorer = new WindowScorer(model, engine, batch)) {
            long allocated = 0;
            for (int i = 0; i < rounds * batch; i++) {
                if (i == rounds * batch / 2) {
                    allocated = threads.getCurrentThreadAllocatedBytes();
                }
                int position = buffer.addStored(i, rows, i % 1000 * FEATURES);
                if (!buffer.windowEndsAt(position)) {
                    continue;
                }
                if (i % 10 == 0) {
                    scorer.add(buffer, position, filledIn);
                } else {
                    scorer.add(buffer, position);
                }
                if (scorer.isFull()) {
                    for (int row = 0; row < batch; row++) {
                        scorer.judge(row, baseline, start, threshold, alarms);
                    }
                    scorer.clear();
                }
            }
            long more = threads.getCurrentThreadAllocatedBytes() - allocated;
            assertThat((double) more / (rounds * batch / 2))
                    .as("bytes for each row")
                    .isLessThan(0.1);
        }
    }

    /** Compares with a separate computation of the rule in double precision. */
    @Test
    void theScoreFollowsTheRule() {
        RandomGenerator random = random();
        for (String entity : List.of("known", "stranger")) {
            WindowBuffer buffer = new WindowBuffer(CONTEXT, 0, FEATURES);
            EntityBaseline start = model.startingBaseline(entity);
            EntityBaseline baseline = start.copy();
            ScoreRule rule = model.rule();
            AlarmThreshold threshold = new AlarmThreshold(model.calibration(), 0.05, AdaptationRates.DEFAULT);
            AlarmState alarms = threshold.start();
            double memory = 1;
            try (WindowScorer scorer = new WindowScorer(model, engine, 4)) {
                for (int i = 0; i < 200; i++) {
                    int position = buffer.addStored(i, normals(random, FEATURES), 0);
                    if (!buffer.windowEndsAt(position)) {
                        continue;
                    }
                    float[][] residuals = residuals(buffer, position);
                    EntityBaseline before = baseline.copy();
                    double alarm = 0;
                    double score = 0;
                    for (int view = 0; view < 2; view++) {
                        double adaptive = squares(residuals[view], before.view(view)) / before.widening();
                        double starting = start.rows() == 0 ? adaptive : squares(residuals[view], start.view(view));
                        alarm += (0.9 * Math.log1p(adaptive) + 0.1 * Math.log1p(starting)) / 2;
                        score += (0.8 * Math.log1p(adaptive) + 0.2 * Math.log1p(starting)) / 2;
                    }
                    memory += 0.3 * (Math.exp(score) - memory);
                    double usual = Math.min(Math.log(memory), 1.5);
                    score += 2 * usual + 0.5 * (Math.log(memory) - usual);

                    double expectedPValue = threshold.pValue(alarms, (float) alarm);
                    double expectedThreshold = threshold.threshold(alarms);
                    Judgement judgement =
                            scorer.judge(scorer.add(buffer, position), baseline, start, threshold, alarms);
                    scorer.clear();

                    assertThat(judgement.alarmScore()).isCloseTo(alarm, within(1e-4));
                    assertThat(judgement.memory()).isCloseTo(Math.log(memory), within(1e-4));
                    assertThat(judgement.score()).isCloseTo(score, within(1e-3));
                    assertThat(judgement.pValue()).isCloseTo(expectedPValue, within(1e-3));
                    assertThat(judgement.threshold()).isEqualTo(expectedThreshold);
                    assertThat(judgement.isAnomalous()).isEqualTo(judgement.alarmScore() > expectedThreshold);
                    assertLearned(before, baseline, residuals, rule.adaptationRate());
                }
            }
            assertThat(start).isEqualTo(model.startingBaseline(entity));
            assertThat(baseline).isNotEqualTo(start);
        }
    }

    private static void assertLearned(
            EntityBaseline before, EntityBaseline after, float[][] residuals, float modelRate) {
        double rate = before.rows() == 0 ? 1 : Math.max(modelRate, 1.0 / (20 + before.rows()));
        for (int view = 0; view < 2; view++) {
            for (int j = 0; j < FEATURES; j++) {
                double mean = before.view(view).mean(j);
                double deviation = residuals[view][j] - mean;
                assertThat((double) after.view(view).mean(j)).isCloseTo(mean + rate * deviation, within(1e-3));
                double variance = before.view(view).variance(j);
                double learned = before.rows() == 0 ? variance : (1 - rate) * (variance + rate * deviation * deviation);
                assertThat((double) after.view(view).variance(j)).isCloseTo(learned, within(1e-3 * (1 + learned)));
            }
        }
    }

    private double squares(float[] residual, RunningScale scale) {
        double sum = 0;
        for (int j = 0; j < FEATURES; j++) {
            double deviation = residual[j] - scale.mean(j);
            sum += deviation * deviation / (scale.variance(j) + model.rule().varianceFloor());
        }
        return sum;
    }

    @Test
    void sharesSumToOneAndValuesAreInRawUnits() {
        RandomGenerator random = random();
        WindowBuffer buffer = new WindowBuffer(CONTEXT, 0, FEATURES);
        EntityBaseline start = model.startingBaseline("known");
        try (WindowScorer scorer = new WindowScorer(model, engine, 1)) {
            for (int i = 0; i < 100; i++) {
                float[] row = normals(random, FEATURES);
                int position = buffer.addStored(i, row, 0);
                if (buffer.windowEndsAt(position)) {
                    Judgement judgement = scorer.judge(scorer.add(buffer, position), start.copy(), start);
                    scorer.clear();
                    float[][] residuals = residuals(buffer, position);
                    double shares = 0;
                    for (int j = 0; j < FEATURES; j++) {
                        shares += judgement.share(j);
                        assertThat(judgement.share(j)).isBetween(0f, 1f);
                        assertThat(judgement.observed(j)).isEqualTo(row[j]);
                        // The expected value is the observed value minus the mean deviation of the residuals.
                        double missed = 0;
                        for (int view = 0; view < 2; view++) {
                            missed += (residuals[view][j] - start.view(view).mean(j)) / 2;
                        }
                        float scale = model.scaling().scale()[j];
                        assertThat((double) judgement.expected(j)).isCloseTo(row[j] - missed * scale, within(1e-3));
                        double center = model.scaling().toRaw(j, start.raw().mean(j));
                        double reach = 3 * Math.sqrt(start.raw().variance(j)) * scale;
                        assertThat((double) judgement.usualLow(j)).isCloseTo(center - reach, within(1e-3));
                        assertThat((double) judgement.usualHigh(j)).isCloseTo(center + reach, within(1e-3));
                        double deviation = (row[j] - center)
                                / scale
                                / Math.sqrt(start.raw().variance(j) + 1e-4);
                        assertThat((double) judgement.deviation(j)).isCloseTo(deviation, within(1e-3));
                    }
                    assertThat(shares).isCloseTo(1, within(1e-5));
                }
            }
        }
    }

    @Test
    void aModelWithoutAForecastHasOneView() {
        ModelArtifact one = TestingArtifacts.withoutForecast(model);
        float[] rows = normals(random(), 50 * FEATURES);
        assertThat(scores(one, engine, rows, 1)).hasSize(50 - WINDOW + 1).isNotEqualTo(scores(engine, rows, 1));
    }

    @Test
    void anUnknownEntityRaisesNoAlarmsUntilItBreaks() {
        RandomGenerator random = random();
        WindowBuffer buffer = new WindowBuffer(CONTEXT, 0, FEATURES);
        EntityBaseline start = model.startingBaseline("stranger");
        assertThat(start).isEqualTo(model.commonBaseline());
        EntityBaseline baseline = start.copy();
        double highest = 0;
        double last = 0;
        try (WindowScorer scorer = new WindowScorer(model, engine, 1)) {
            for (int i = 0; i < 300; i++) {
                // Displaced by ten deviations from the training rows, with equal variance.
                float[] row = normals(random, FEATURES);
                for (int j = 0; j < FEATURES; j++) {
                    row[j] += 10;
                }
                if (i == 299) {
                    row[0] += 60;
                }
                int position = buffer.addStored(i, row, 0);
                if (buffer.windowEndsAt(position)) {
                    Judgement judgement = scorer.judge(scorer.add(buffer, position), baseline, start);
                    scorer.clear();
                    last = judgement.alarmScore();
                    if (i < 299) {
                        highest = Math.max(highest, last);
                    }
                }
            }
        }
        // On the common scale a row of five features scores at least ln(1 + 5 · 10²); after adaptation it does not.
        assertThat(highest).isLessThan(Math.log1p(5 * 10 * 10) - 1);
        assertThat(last).isGreaterThan(highest + 0.5);
    }

    @Test
    void olderRowsAreContextAndNotJudged() {
        RandomGenerator random = random();
        // A network whose output is always zero, and no forecast: the score depends on the newest row only.
        ModelArtifact blind = TestingArtifacts.withNetwork(
                TestingArtifacts.withoutForecast(model),
                new Autoencoder(
                        model.network().shape(),
                        new float[model.network().shape().parameterCount()]));
        ModelArtifact seeing = TestingArtifacts.withoutForecast(model);
        int contextCounts = 0;
        for (int round = 0; round < 50; round++) {
            float[] window = normals(random, WINDOW * FEATURES);
            float[] otherContext = normals(random, WINDOW * FEATURES);
            float[] otherNewest = window.clone();
            System.arraycopy(window, (WINDOW - 1) * FEATURES, otherContext, (WINDOW - 1) * FEATURES, FEATURES);
            otherNewest[WINDOW * FEATURES - 1] += 1;
            assertThat(scores(blind, engine, otherContext, 1)).isEqualTo(scores(blind, engine, window, 1));
            assertThat(scores(blind, engine, otherNewest, 1)).isNotEqualTo(scores(blind, engine, window, 1));
            contextCounts += scores(seeing, engine, otherContext, 1).equals(scores(seeing, engine, window, 1)) ? 0 : 1;
        }
        assertThat(contextCounts)
                .as("windows in which the context counts, with a network that sees")
                .isGreaterThan(25);
    }

    /** After a long gap, scores are as if all rows of the context were equal to the first row after the gap. */
    @Test
    void rowsBeforeALongGapAreNoContext() {
        RandomGenerator random = random();
        long interval = model.rowInterval().toMillis();
        float[] before = normals(random, FEATURES);
        float[] first = normals(random, FEATURES);
        float[] second = normals(random, FEATURES);
        for (long silence : new long[] {interval, 100 * interval}) {
            WindowBuffer silent = new WindowBuffer(CONTEXT, 0, FEATURES);
            WindowBuffer steady = new WindowBuffer(CONTEXT, 0, FEATURES);
            for (int i = 0; i < CONTEXT; i++) {
                silent.addStored(i * interval, before, 0);
                steady.addStored(i * interval, first, 0);
            }
            long time = (CONTEXT - 1) * interval + silence;
            boolean stale = silence > interval;
            assertThat(score(silent, time, first).equals(score(steady, time, first)))
                    .isEqualTo(stale);
            assertThat(score(silent, time + interval, second).equals(score(steady, time + interval, second)))
                    .isEqualTo(stale);
        }
    }

    private Double score(WindowBuffer buffer, long time, float[] row) {
        int position = buffer.addStored(time, row, 0);
        EntityBaseline start = model.startingBaseline("known");
        try (WindowScorer scorer = new WindowScorer(model, engine, 1)) {
            return scorer.judge(scorer.add(buffer, position), start.copy(), start)
                    .alarmScore();
        }
    }

    @Test
    void extremeValuesHaveFiniteScores() {
        float[] rows = new float[20 * FEATURES];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i % 3 == 0 ? Float.MAX_VALUE : i % 3 == 1 ? -Float.MAX_VALUE : 0;
        }
        assertThat(scores(engine, rows, 7)).isNotEmpty().allMatch(score -> score > 10 && Double.isFinite(score));
    }

    @Test
    void aBatchReportsThatItIsFullAndCanBeReused() {
        WindowBuffer buffer = new WindowBuffer(CONTEXT, 0, FEATURES);
        for (int i = 0; i < CONTEXT; i++) {
            buffer.addStored(i, normals(random(), FEATURES), 0);
        }
        try (WindowScorer scorer = new WindowScorer(model, engine, 2)) {
            for (int round = 0; round < 3; round++) {
                assertThat(scorer.size()).isZero();
                assertThat(scorer.add(buffer, CONTEXT - 1)).isZero();
                assertThat(scorer.isFull()).isFalse();
                assertThat(scorer.add(buffer, CONTEXT - 1)).isEqualTo(1);
                assertThat(scorer.isFull()).isTrue();
                scorer.clear();
            }
            assertThat(scorer.model()).isSameAs(model);
        }
    }

    private static void assertClose(List<Double> found, List<Double> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i)).as("window " + i).isCloseTo(expected.get(i), within(1e-5));
        }
    }

    private List<Double> scores(Engine with, float[] rows, int batch) {
        return scores(model, with, rows, batch);
    }

    private static List<Double> scores(ModelArtifact of, Engine with, float[] rows, int batch) {
        List<Double> scores = new ArrayList<>();
        WindowBuffer buffer = new WindowBuffer(of.contextRows(), 0, FEATURES);
        EntityBaseline start = of.startingBaseline("known");
        EntityBaseline baseline = start.copy();
        int count = rows.length / FEATURES;
        try (WindowScorer scorer = new WindowScorer(of, with, batch)) {
            for (int i = 0; i < count; i++) {
                int position = buffer.addStored(i, rows, i * FEATURES);
                if (buffer.windowEndsAt(position)) {
                    scorer.add(buffer, position);
                }
                if (scorer.isFull() || i == count - 1) {
                    for (int row = 0; row < scorer.size(); row++) {
                        Judgement judgement = scorer.judge(row, baseline, start);
                        scores.add(judgement.score());
                    }
                    scorer.clear();
                }
            }
        }
        return scores;
    }

    /** The residuals of the newest row in both views, in the model's unit, computed separately. */
    private float[][] residuals(WindowBuffer buffer, int position) {
        float[] input = new float[WINDOW * FEATURES];
        float[] output = new float[WINDOW * FEATURES];
        buffer.copyRows(position, WINDOW, model.scaling(), input, 0);
        try (var reconstruction = new ReferenceEngine().reconstruction(model.network(), 1)) {
            reconstruction.run(input, 1, output);
        }
        Forecast forecast = requireNonNull(model.forecast());
        float[] before = new float[(forecast.rows() + 1) * FEATURES];
        buffer.copyRows(position, forecast.rows() + 1, model.scaling(), before, 0);
        float[] weights = forecast.weights();
        float[][] residuals = new float[2][FEATURES];
        for (int j = 0; j < FEATURES; j++) {
            int at = (WINDOW - 1) * FEATURES + j;
            residuals[0][j] = input[at] - output[at];
            double predicted = forecast.biases()[j];
            for (int i = 0; i < forecast.rows() * FEATURES; i++) {
                predicted += (double) before[i] * weights[i * FEATURES + j];
            }
            residuals[1][j] = (float) (before[forecast.rows() * FEATURES + j] - predicted);
        }
        return residuals;
    }
}
