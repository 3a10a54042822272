package dev.noether.model.scoring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Reconstruction;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.testing.TestingArtifacts;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The reference engine computes each row alone, so results can be compared bit for bit. */
final class RowBatchTest extends RandomizedTest {
    private static final int FEATURES = 3;
    private static final int WINDOW = 4;
    private static final int ROWS = 30;

    private final Engine engine = new ReferenceEngine();

    @Test
    void aRowHasTheSameResultAtEachPlaceOfABatch() {
        RandomGenerator random = random();
        for (int round = 0; round < 20; round++) {
            ModelArtifact model = TestingArtifacts.random(FEATURES, WINDOW, round);
            WindowBuffer buffer = buffer(random, model);
            List<Integer> positions = new ArrayList<>();
            for (int position = model.contextRows() - 1; position < ROWS; position++) {
                positions.add(position);
            }
            List<float[]> alone = new ArrayList<>();
            try (RowBatch single = new RowBatch(model, engine, 1)) {
                for (int position : positions) {
                    single.clear();
                    single.add(buffer, position);
                    alone.add(result(single, 0, model));
                }
            }
            List<Integer> shuffled = new ArrayList<>(positions);
            Collections.shuffle(shuffled, new Random(round));
            try (RowBatch batch = new RowBatch(model, engine, ROWS)) {
                for (int position : shuffled) {
                    batch.add(buffer, position);
                }
                for (int row = 0; row < batch.size(); row++) {
                    assertThat(result(batch, row, model)).isEqualTo(alone.get(positions.indexOf(shuffled.get(row))));
                }
            }
        }
    }

    /** The values of a row, its context, and its residuals in each view. */
    private static float[] result(RowBatch batch, int row, ModelArtifact model) {
        ViewBatch longest = batch.longestView();
        JudgedRow judged = new JudgedRow(FEATURES, longest.context(), longest.contextRows());
        batch.predict();
        batch.copyTo(row, judged);
        float[] context = Arrays.copyOfRange(
                judged.context, judged.contextFrom, judged.contextFrom + judged.contextRows * FEATURES);
        float[] result = concatenate(judged.observed, judged.observedScaled, context);
        float[] residual = new float[FEATURES];
        EntityBaseline baseline = model.commonBaseline();
        for (int v = 0; v < batch.views().length; v++) {
            batch.views()[v].residual(row, judged.observedScaled, baseline.view(v), v, residual, judged.expectedScaled);
            result = concatenate(result, residual, judged.expectedScaled);
        }
        return result;
    }

    private static float[] concatenate(float[]... parts) {
        float[] all = new float[0];
        for (float[] part : parts) {
            int length = all.length;
            all = Arrays.copyOf(all, length + part.length);
            System.arraycopy(part, 0, all, length, part.length);
        }
        return all;
    }

    /** Runs network and forecast by hand on scaled windows. */
    @Test
    void aResidualIsTheScaledValueLessThePrediction() {
        RandomGenerator random = random();
        ModelArtifact model = TestingArtifacts.random(FEATURES, WINDOW, 3);
        int before = requireNonNull(model.forecast()).rows();
        WindowBuffer buffer = buffer(random, model);
        RunningScale biased = new RunningScale(new float[] {1, 2, 3}, new float[FEATURES]);
        try (RowBatch batch = new RowBatch(model, engine, ROWS);
                Reconstruction network = engine.reconstruction(model.network(), 1, FEATURES);
                Reconstruction forecast =
                        engine.chain(requireNonNull(model.forecast()).layers(), 1)) {
            for (int position = model.contextRows() - 1; position < ROWS; position++) {
                int row = batch.add(buffer, position);
                batch.predict();
                float[] scaled = new float[FEATURES];
                buffer.copyRows(position, 1, model.scaling(), scaled, 0);
                float[] first = predicted(network, buffer, position, WINDOW, model);
                float[] second = predicted(forecast, buffer, position - 1, before, model);
                float[] residual = new float[FEATURES];
                float[] expected = new float[FEATURES];
                batch.views()[0].residual(row, scaled, biased, 0, residual, expected);
                for (int j = 0; j < FEATURES; j++) {
                    assertThat(residual[j]).isEqualTo(scaled[j] - first[j]);
                    assertThat(expected[j]).isEqualTo(first[j] + (1 + j));
                }
                batch.views()[1].residual(row, scaled, biased, 1, residual, expected);
                for (int j = 0; j < FEATURES; j++) {
                    assertThat(residual[j]).isEqualTo(scaled[j] - second[j]);
                    float mean = (first[j] + second[j]) / 2 + 1 + j;
                    assertThat(expected[j]).isCloseTo(mean, within(1e-5f));
                }
            }
        }
    }

    private static float[] predicted(
            Reconstruction prediction, WindowBuffer buffer, int newest, int rows, ModelArtifact model) {
        float[] input = new float[rows * FEATURES];
        buffer.copyRows(newest, rows, model.scaling(), input, 0);
        float[] output = new float[FEATURES];
        prediction.run(input, 1, output);
        return output;
    }

    @Test
    void filledInFeaturesBelongToTheirRowAlone() {
        ModelArtifact model = TestingArtifacts.random(FEATURES, WINDOW, 3);
        WindowBuffer buffer = buffer(random(), model);
        JudgedRow judged = new JudgedRow(FEATURES, new float[0], 0);
        try (RowBatch batch = new RowBatch(model, engine, 3)) {
            for (int round = 0; round < 2; round++) {
                boolean[] filledIn = {false, true, false};
                batch.add(buffer, 20);
                batch.add(buffer, 21, filledIn);
                batch.add(buffer, 22);
                filledIn[0] = true;
                assertThat(batch.isFull()).isTrue();
                batch.copyTo(1, judged);
                assertThat(judged.isMissing(0)).as("the array was copied").isFalse();
                assertThat(judged.isMissing(1)).isTrue();
                for (int row : new int[] {0, 2}) {
                    batch.copyTo(row, judged);
                    assertThat(judged.lacksFeatures).isFalse();
                    assertThat(judged.isMissing(1)).isFalse();
                }
                // The next round puts complete rows at the same places.
                batch.clear();
                assertThat(batch.size()).isZero();
                batch.add(buffer, 20);
                batch.add(buffer, 21);
                batch.copyTo(1, judged);
                assertThat(judged.isMissing(1)).isFalse();
                batch.clear();
            }
        }
    }

    /** Rows that are added after a prediction are predicted too. */
    @Test
    void aLaterRowIsPredictedWithTheRowsBeforeIt() {
        ModelArtifact model = TestingArtifacts.random(FEATURES, WINDOW, 5);
        WindowBuffer buffer = buffer(random(), model);
        try (RowBatch grown = new RowBatch(model, engine, 2);
                RowBatch whole = new RowBatch(model, engine, 2)) {
            grown.add(buffer, 20);
            float[] first = result(grown, 0, model);
            grown.add(buffer, 25);
            whole.add(buffer, 20);
            whole.add(buffer, 25);
            assertThat(result(whole, 0, model)).isEqualTo(first).isEqualTo(result(grown, 0, model));
            assertThat(result(whole, 1, model))
                    .isEqualTo(result(grown, 1, model))
                    .isNotEqualTo(first);
        }
    }

    private static WindowBuffer buffer(RandomGenerator random, ModelArtifact model) {
        WindowBuffer buffer = new WindowBuffer(model.contextRows(), ROWS - model.contextRows(), FEATURES);
        long interval = model.rowInterval().toMillis();
        for (int i = 0; i < ROWS; i++) {
            buffer.addStored(i * interval, normals(random, FEATURES), 0);
        }
        return buffer;
    }
}
