package dev.noether.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.testing.RandomizedTest;
import dev.noether.model.testing.TestingArtifacts;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WindowScorerTest extends RandomizedTest {
    private static final int FEATURES = 5;
    private static final int WINDOW = 3;

    private final ModelArtifact model = TestingArtifacts.random(FEATURES, WINDOW, 11);
    private final Engine engine = new OpenBlasEngine();

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    @Test
    void scoresOfWindowsAloneAndInBatchesAreTheSame() {
        float[] rows = normals(random(), 500 * FEATURES);
        List<Double> alone = scores(engine, rows, 1);
        assertThat(alone).hasSize(500 - WINDOW + 1).allMatch(score -> score >= 0 && Double.isFinite(score));
        for (int batch : new int[] {2, 17, 256, 1000}) {
            assertClose(scores(engine, rows, batch), alone);
        }
        assertClose(scores(new ReferenceEngine(), rows, 64), alone);
    }

    @Test
    void theScoreIsMadeOfTheNewestRowsResidualsOnBothScales() {
        RandomGenerator random = random();
        WindowBuffer buffer = new WindowBuffer(WINDOW, 0, FEATURES);
        EntityBaseline start = model.startingBaseline("known");
        EntityBaseline baseline = start.copy();
        Judgement judgement = new Judgement(FEATURES);
        try (WindowScorer scorer = new WindowScorer(model, engine, 4)) {
            for (int i = 0; i < 200; i++) {
                float[] row = normals(random, FEATURES);
                int position = buffer.add(i, row, 0);
                if (buffer.windowEndsAt(position)) {
                    float[] residual = residual(buffer, position);
                    EntityBaseline before = baseline.copy();
                    float[] squares = new float[FEATURES];
                    double adaptive = before.standardise(residual, 0, squares);
                    double starting = start.standardise(residual, 0, new float[FEATURES]);

                    scorer.judge(scorer.add(buffer, position), baseline, start, judgement);
                    scorer.clear();

                    assertThat(judgement.score())
                            .isCloseTo((Math.log1p(adaptive) + Math.log1p(starting)) / 2, within(1e-4));
                    assertThat(judgement.pValue()).isEqualTo(model.calibration().pValue(judgement.score()));
                    assertThat(judgement.threshold())
                            .isEqualTo(model.calibration().threshold());
                    before.standardiseAndLearn(residual, 0, model.adaptationRate(), squares);
                    for (int j = 0; j < FEATURES; j++) {
                        assertThat(baseline.mean(j)).isCloseTo(before.mean(j), within(1e-4f));
                    }
                }
            }
        }
        assertThat(start).isEqualTo(model.startingBaseline("known"));
        assertThat(baseline).isNotEqualTo(start);
    }

    @Test
    void sharesSumToOneAndValuesAreInRawUnits() {
        RandomGenerator random = random();
        WindowBuffer buffer = new WindowBuffer(WINDOW, 0, FEATURES);
        EntityBaseline start = model.startingBaseline("unknown");
        assertThat(start).isEqualTo(model.residuals());
        Judgement judgement = new Judgement(FEATURES);
        try (WindowScorer scorer = new WindowScorer(model, engine, 1)) {
            for (int i = 0; i < 100; i++) {
                float[] row = normals(random, FEATURES);
                int position = buffer.add(i, row, 0);
                if (buffer.windowEndsAt(position)) {
                    scorer.judge(scorer.add(buffer, position), start.copy(), start, judgement);
                    scorer.clear();
                    float[] residual = residual(buffer, position);
                    double shares = 0;
                    for (int j = 0; j < FEATURES; j++) {
                        shares += judgement.share(j);
                        assertThat(judgement.share(j)).isBetween(0f, 1f);
                        assertThat(judgement.observed(j)).isEqualTo(row[j]);
                        // What was expected lies as far from the observed value as the residual is unusual.
                        float expected = row[j]
                                - (residual[j] - start.mean(j))
                                        * model.scaling().scale()[j];
                        assertThat(judgement.expected(j)).isCloseTo(expected, within(1e-4f));
                    }
                    assertThat(shares).isCloseTo(1, within(1e-5));
                }
            }
        }
    }

    @Test
    void olderRowsAreContextAndNotJudged() {
        RandomGenerator random = random();
        // A network that says zero whatever it sees: what is left of a window is its newest row.
        ModelArtifact blind = new ModelArtifact(
                model.features(),
                WINDOW,
                model.scaling(),
                new Autoencoder(
                        model.network().shape(),
                        new float[model.network().shape().parameterCount()]),
                model.adaptationRate(),
                model.residuals(),
                model.entityResiduals(),
                model.calibration(),
                model.provenance());
        int contextCounts = 0;
        for (int round = 0; round < 50; round++) {
            float[] window = normals(random, WINDOW * FEATURES);
            float[] otherContext = normals(random, WINDOW * FEATURES);
            float[] otherNewest = window.clone();
            System.arraycopy(window, (WINDOW - 1) * FEATURES, otherContext, (WINDOW - 1) * FEATURES, FEATURES);
            otherNewest[WINDOW * FEATURES - 1] += 1;
            assertThat(scores(blind, engine, otherContext, 1)).isEqualTo(scores(blind, engine, window, 1));
            assertThat(scores(blind, engine, otherNewest, 1)).isNotEqualTo(scores(blind, engine, window, 1));
            contextCounts += scores(engine, otherContext, 1).equals(scores(engine, window, 1)) ? 0 : 1;
        }
        assertThat(contextCounts)
                .as("windows in which the context counts, with a network that sees")
                .isGreaterThan(25);
    }

    @Test
    void absurdValuesGiveFiniteScores() {
        float[] rows = new float[20 * FEATURES];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i % 3 == 0 ? Float.MAX_VALUE : i % 3 == 1 ? -Float.MAX_VALUE : 0;
        }
        assertThat(scores(engine, rows, 7)).isNotEmpty().allMatch(score -> score > 10 && Double.isFinite(score));
    }

    @Test
    void aBatchKnowsWhenItIsFullAndIsUsedAgain() {
        WindowBuffer buffer = new WindowBuffer(WINDOW, 0, FEATURES);
        for (int i = 0; i < WINDOW; i++) {
            buffer.add(i, normals(random(), FEATURES), 0);
        }
        try (WindowScorer scorer = new WindowScorer(model, engine, 2)) {
            for (int round = 0; round < 3; round++) {
                assertThat(scorer.size()).isZero();
                assertThat(scorer.add(buffer, WINDOW - 1)).isZero();
                assertThat(scorer.isFull()).isFalse();
                assertThat(scorer.add(buffer, WINDOW - 1)).isEqualTo(1);
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
        WindowBuffer buffer = new WindowBuffer(WINDOW, 0, FEATURES);
        EntityBaseline start = of.startingBaseline("known");
        EntityBaseline baseline = start.copy();
        Judgement judgement = new Judgement(FEATURES);
        int count = rows.length / FEATURES;
        try (WindowScorer scorer = new WindowScorer(of, with, batch)) {
            for (int i = 0; i < count; i++) {
                int position = buffer.add(i, rows, i * FEATURES);
                if (buffer.windowEndsAt(position)) {
                    scorer.add(buffer, position);
                }
                if (scorer.isFull() || i == count - 1) {
                    for (int row = 0; row < scorer.size(); row++) {
                        scorer.judge(row, baseline, start, judgement);
                        scores.add(judgement.score());
                    }
                    scorer.clear();
                }
            }
        }
        return scores;
    }

    /** The newest row's residual in the model's unit, by plain Java. */
    private float[] residual(WindowBuffer buffer, int position) {
        float[] input = new float[WINDOW * FEATURES];
        float[] output = new float[WINDOW * FEATURES];
        buffer.copyWindow(position, model.scaling(), input, 0);
        try (var reconstruction = new ReferenceEngine().reconstruction(model.network(), 1)) {
            reconstruction.run(input, 1, output);
        }
        float[] residual = new float[FEATURES];
        for (int j = 0; j < FEATURES; j++) {
            int at = (WINDOW - 1) * FEATURES + j;
            residual[j] = input[at] - output[at];
        }
        return residual;
    }
}
