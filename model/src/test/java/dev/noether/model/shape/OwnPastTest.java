package dev.noether.model.shape;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.shape.ShapeTrainer.Signal;
import dev.noether.testing.RandomizedTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Windows of an entity's own past as further prototypes. */
final class OwnPastTest extends RandomizedTest {
    private static final int PERIOD = 40;
    private static final int MEMORY = 200;
    private static final String KNOWN = "entity-0";
    private static final Engine ENGINE = new OpenBlasEngine();

    /** Without a memory. */
    @SuppressWarnings("NullAway.Init")
    private static ShapeModel forgetful;

    @SuppressWarnings("NullAway.Init")
    private static ShapeModel model;

    @BeforeAll
    static void train() {
        SignalRun run = new SignalRun(0, 0, TestingOrbits.beats(random(), 1500, PERIOD, 0.05));
        ShapeModel trained = requireNonNull(new ShapeTrainer(ENGINE, ShapeChoice.AUTO, 1)
                        .train(new Signal(0, List.of(KNOWN), List.of(run)))
                        .training())
                .model();
        forgetful = trained.withGroups(trained.groups().stream()
                .map(group -> group.withRows(new RowReference(0.5, 1, 2.5)))
                .toList());
        model = forgetful.withMemory(MEMORY);
    }

    @AfterAll
    static void closeEngine() {
        ENGINE.close();
    }

    /** A shape that is not in the training history. */
    private static float[] ownShape(RandomGenerator random, int count) {
        float[] values = TestingOrbits.beats(random, count, PERIOD, 0.05);
        for (int i = 0; i < count; i++) {
            values[i] += (float) (0.8 * Math.sin(6 * Math.PI * i / PERIOD + 1));
        }
        return values;
    }

    /** Scores of the rows of one entity in batches; a row is suspect if its score is above the limit. */
    private static double[] scores(ShapeModel shape, int batch, float[] values, double limit) {
        try (ShapeScorer scorer = new ShapeScorer(shape, ENGINE, batch)) {
            return scores(scorer, scorer.start(KNOWN, null), batch, values, limit);
        }
    }

    private static double[] scores(ShapeScorer scorer, ShapeState state, int batch, float[] values, double limit) {
        double[] scores = new double[values.length];
        for (int from = 0; from < values.length; from += batch) {
            int size = Math.min(batch, values.length - from);
            for (int i = 0; i < size; i++) {
                scorer.add(i, state, Math.abs(values[from + i]), 0, values[from + i] < 0);
            }
            for (int i = 0; i < size; i++) {
                scorer.judge(i, 0.5);
                scores[from + i] = scorer.score();
                if (scorer.score() > limit) {
                    scorer.suspect(i);
                }
            }
            scorer.clear();
        }
        return scores;
    }

    /** All values above 0, so that a value below 0 marks one after a gap. */
    private static float[] lifted(float[] values) {
        float[] lifted = values.clone();
        for (int i = 0; i < lifted.length; i++) {
            lifted[i] += 100;
        }
        return lifted;
    }

    private static double mean(double[] scores, int from, int to) {
        return Arrays.stream(scores, from, to).average().orElseThrow();
    }

    private static ShapeModel lifted(ShapeModel shape) {
        TreeMap<String, ShapeModel.Member> entities = new TreeMap<>();
        shape.entities().forEach((name, member) -> {
            SignalLevel level = new SignalLevel(
                    member.level().center() + 100, member.level().scale());
            entities.put(name, new ShapeModel.Member(member.group(), level));
        });
        return new ShapeModel(shape.feature(), shape.groups(), entities, shape.memory());
    }

    private static double[] liftedScores(ShapeModel shape, int batch, float[] values, double limit) {
        return scores(lifted(shape), batch, lifted(values), limit);
    }

    @Test
    void ownWindowsLowerTheScoresOfAShapeThatTrainingHasNotSeen(RandomGenerator random) {
        float[] values = ownShape(random, 40 * PERIOD);
        double[] without = liftedScores(forgetful, 1, values, Double.MAX_VALUE);
        double[] with = liftedScores(model, 1, values, Double.MAX_VALUE);
        for (int i = 0; i < with.length; i++) {
            assertThat(with[i]).as("row %d", i).isLessThanOrEqualTo(without[i] + 1e-9);
        }
        double before = mean(without, 20 * PERIOD, 40 * PERIOD);
        double after = mean(with, 20 * PERIOD, 40 * PERIOD);
        int full = model.rows()
                - 1
                + model.groups().get(0).windows().get(0).window().rows();
        assertThat(Arrays.copyOf(with, full)).isEqualTo(Arrays.copyOf(without, full));
        assertThat(before).isGreaterThan(3);
        assertThat(after).isLessThan(before / 2);
    }

    @Test
    void anAnomalyThatComesAgainIsOneAgain(RandomGenerator random) {
        float[] values = TestingOrbits.beats(random, 40 * PERIOD, PERIOD, 0.05);
        int first = 15 * PERIOD;
        int again = 21 * PERIOD;
        for (int at : new int[] {first, again}) {
            for (int i = 0; i < PERIOD; i++) {
                values[at + i] = (float) (1.5 * Math.sin(6 * Math.PI * i / PERIOD + 1));
            }
        }
        double[] usual = liftedScores(model, 1, values, Double.MAX_VALUE);
        double limit = Arrays.stream(usual, PERIOD, first).max().orElseThrow() + 0.5;
        double[] suspected = liftedScores(model, 1, values, limit);
        double largest =
                Arrays.stream(suspected, first, first + 2 * PERIOD).max().orElseThrow();
        assertThat(largest).isGreaterThan(limit);
        double second =
                Arrays.stream(suspected, again, again + 2 * PERIOD).max().orElseThrow();
        assertThat(second).isCloseTo(largest, within(0.3 * largest));
        assertThat(Arrays.stream(usual, again, again + 2 * PERIOD).max().orElseThrow())
                .as("if nobody says that it is an anomaly")
                .isLessThan(second - 1);
    }

    @Test
    void theErrorIsThatOfTheNearestWindowOfThePastAsAPrototype(RandomGenerator random) {
        ShapeGroup group = model.groups().get(0);
        for (int w = 0; w < ShapeGroup.WINDOWS; w++) {
            SymmetryAutoencoder trained = group.windows().get(w).autoencoder();
            ShapeWindow window = trained.window();
            ShapeMemory memory = ShapeMemory.of(group, 6);
            memory.setLevel(0, 1);
            float[] values = ownShape(random, 400);
            float[] past = new float[1000 * window.width()];
            int count = 0;
            try (OwnWindows own = new OwnWindows(group, w, 6, ENGINE)) {
                int first = 300 - (6 + ShapeMemory.blocks(window.rows(), group.stride()) - 1) * group.stride();
                for (int i = first; i < 300; i++) {
                    if (memory.push(values[i], memory.isLastOfBlock())) {
                        own.describe(memory);
                        if (i + 1 - first >= window.rows()) {
                            window.cut(values, i + 1, past, count++ * window.width());
                        }
                    }
                }
                SymmetryAutoencoder ofPast = new SymmetryAutoencoder(
                        window,
                        trained.motions(),
                        Arrays.copyOf(past, count * window.width()),
                        trained.covariance(),
                        trained.noise(),
                        trained.whitening());
                float[] input = new float[window.width()];
                window.cut(values, 400, input, 0);
                try (SymmetryDistances distances = new SymmetryDistances(ofPast, ENGINE, 1)) {
                    distances.run(input, 1);
                    assertThat(own.explains(memory, distances.whitened(), 0, Double.POSITIVE_INFINITY))
                            .isTrue();
                    assertThat(own.error()).isCloseTo(distances.error(0), within(1e-3 * distances.error(0)));
                    ShapeExplanation expected = new ShapeExplanation(trained.motions());
                    ShapeExplanation found = new ShapeExplanation(trained.motions());
                    distances.explain(0, expected);
                    own.explain(distances.whitened(), 0, found);
                    assertThat(found.kind(1)).isEqualTo(expected.kind(1));
                    assertThat(found.deviations()).isCloseTo(expected.deviations(), within(0.01));
                    assertThat(own.explains(memory, distances.whitened(), 0, own.error()))
                            .as("nothing is below the least error")
                            .isFalse();
                }
            }
        }
    }

    @Test
    void windowsWithAGapOrASuspectRowAreNotCompared() {
        ShapeGroup group = model.groups().get(0);
        int stride = group.stride();
        int blocks = ShapeMemory.blocks(group.longestWindow(), stride);
        ShapeMemory memory = ShapeMemory.of(group, MEMORY);
        memory.setLevel(0, 1);
        push(memory, (blocks + 2) * stride + 1);
        assertThat(usable(memory, blocks)).isEqualTo(3);
        memory.breakOff();
        push(memory, (blocks - 1) * stride);
        assertThat(usable(memory, blocks)).isEqualTo(3);
        push(memory, stride);
        assertThat(usable(memory, blocks)).isEqualTo(4);
        memory.suspect(1);
        push(memory, blocks * stride);
        assertThat(usable(memory, blocks)).isEqualTo(4);
        push(memory, stride);
        assertThat(usable(memory, blocks)).isEqualTo(5);
        push(memory, 2 * MEMORY * stride);
        assertThat(usable(memory, blocks)).as("so many windows are kept").isEqualTo(MEMORY + 1);
    }

    private static void push(ShapeMemory memory, int count) {
        for (int i = 0; i < count; i++) {
            memory.push(i, memory.isLastOfBlock());
        }
    }

    private static int usable(ShapeMemory memory, int blocks) {
        return memory.toSquaredDistances(0, blocks - 1, blocks, new float[2 * MEMORY]);
    }

    /** With a gap, and with suspect rows before and after it. */
    private static float[] eventful(RandomGenerator random) {
        float[] values = lifted(ownShape(random, 50 * PERIOD));
        values[25 * PERIOD + 7] *= -1;
        for (int at : new int[] {9 * PERIOD, 33 * PERIOD}) {
            for (int i = 0; i < 15; i++) {
                values[at + i] += 3;
            }
        }
        return values;
    }

    @Test
    void rowsAloneAndInBatchesHaveTheSameScores(RandomGenerator random) {
        float[] values = eventful(random);
        double[] alone = scores(lifted(model), 1, values, 5);
        assertThat(Arrays.stream(alone).filter(score -> score > 5).count()).isPositive();
        for (int batch : new int[] {7, 256, 3000}) {
            double[] batched = scores(lifted(model), batch, values, 5);
            for (int i = 0; i < alone.length; i++) {
                assertThat(batched[i]).as("row %d", i).isCloseTo(alone[i], within(1e-4));
            }
        }
    }

    @Test
    void aStateThatIsWrittenAndReadOrCopiedGoesOnUnchanged(RandomGenerator random) throws IOException {
        float[] values = eventful(random);
        try (ShapeScorer scorer = new ShapeScorer(lifted(model), ENGINE, 1)) {
            double[] undisturbed = scores(scorer, scorer.start(KNOWN, null), 1, values, 5);
            for (int cut : new int[] {9 * PERIOD + 20, 25 * PERIOD + 8, 40 * PERIOD}) {
                ShapeState state = scorer.start(KNOWN, null);
                scores(scorer, state, 1, Arrays.copyOf(values, cut), 5);
                float[] rest = Arrays.copyOfRange(values, cut, values.length);
                double[] expected = Arrays.copyOfRange(undisturbed, cut, values.length);
                byte[] bytes = bytes(state);
                assertThat(scores(scorer, state.copy(), 1, rest, 5)).isEqualTo(expected);
                assertThat(scores(scorer, read(bytes), 1, rest, 5)).isEqualTo(expected);
                assertThat(bytes(read(bytes))).isEqualTo(bytes);
            }
        }
    }

    private static byte[] bytes(ShapeState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        state.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static ShapeState read(byte[] bytes) throws IOException {
        return ShapeState.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    @Test
    void theStateIsBounded(RandomGenerator random) throws IOException {
        int most = 0;
        try (ShapeScorer scorer = new ShapeScorer(lifted(model), ENGINE, 1)) {
            ShapeState state = scorer.start(KNOWN, null);
            for (int round = 0; round < 6; round++) {
                scores(scorer, state, 1, lifted(ownShape(random, 10 * PERIOD)), 1e9);
                most = Math.max(most, bytes(state).length);
            }
        }
        int plain = 4 * model.rows() + 81;
        assertThat((long) most).isBetween(plain + model.memoryBytes() * 9 / 10, plain + model.memoryBytes() + 100);
        assertThat(forgetful.memoryBytes()).isZero();
        assertThat(ofPeriod(100, 100).withMemory(1000).memoryBytes())
                .as("1000 windows of a period of 100 rows")
                .isBetween(49_000L, 51_000L);
        assertThat(ofPeriod(1024, 512).withMemory(ShapeModel.MOST_MEMORY).memoryBytes())
                .as("the most windows of the longest period")
                .isBetween(1_400_000L, 1_450_000L);
        assertThatThrownBy(() -> model.withMemory(ShapeModel.MOST_MEMORY + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`memory` must be in [0, 5000]");
    }

    private static ShapeModel ofPeriod(int period, int rows) {
        ShapeGroup group = model.groups().get(0);
        CalibratedWindow whole = group.windows().get(2);
        ShapeWindow window = ShapeWindow.ofRows(rows, true);
        CalibratedWindow longer = new CalibratedWindow(
                new SymmetryAutoencoder(
                        window,
                        ShapeMotions.TIME,
                        new float[window.width()],
                        whole.autoencoder().covariance(),
                        1,
                        new float[0]),
                0,
                1);
        List<CalibratedWindow> windows =
                List.of(group.windows().get(0), group.windows().get(1), longer);
        return model.withMemory(0)
                .withGroups(List.of(new ShapeGroup(new Period(period, 1), group.common(), windows, group.rows())));
    }

    @Test
    void damagedBytesAreRefusedOrReadButNeverTakeMuchMemory(RandomGenerator random) throws IOException {
        try (ShapeScorer scorer = new ShapeScorer(lifted(model), ENGINE, 1)) {
            ShapeState state = scorer.start(KNOWN, null);
            scores(scorer, state, 1, eventful(random), 5);
            byte[] bytes = bytes(state);
            int refused = 0;
            for (int trial = 0; trial < 2000; trial++) {
                byte[] damaged = bytes.clone();
                int from = 4 * model.rows() + 79;
                damaged[from + random.nextInt(trial % 2 == 0 ? 30 : damaged.length - from)] = (byte) random.nextInt();
                try {
                    ShapeState read = read(damaged);
                    if (trial % 20 == 0 && scorer.fits(read)) {
                        double[] scores = scores(scorer, read, 1, lifted(ownShape(random, 2 * PERIOD)), 5);
                        assertThat(scores).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
                    }
                } catch (IOException expected) {
                    refused++;
                }
            }
            assertThat(refused).isPositive();
            for (int length = bytes.length - 200; length < bytes.length; length++) {
                byte[] shorter = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> read(shorter)).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void aNewModelTakesThePastOver(RandomGenerator random) {
        float[] values = lifted(ownShape(random, 40 * PERIOD));
        ShapeModel next = lifted(model);
        TreeMap<String, ShapeModel.Member> entities = new TreeMap<>();
        next.entities().forEach((name, member) -> {
            SignalLevel level = new SignalLevel(
                    member.level().center() + 0.01, member.level().scale() * 1.01);
            entities.put(name, new ShapeModel.Member(member.group(), level));
        });
        next = new ShapeModel(0, next.groups(), entities, MEMORY);
        // The new state judges its first row, and the past ends with a row that was judged.
        int cut = 30 * PERIOD + 1;
        float[] rest = Arrays.copyOfRange(values, cut, cut + 5 * PERIOD);
        try (ShapeScorer scorer = new ShapeScorer(lifted(model), ENGINE, 1);
                ShapeScorer after = new ShapeScorer(next, ENGINE, 1);
                ShapeScorer none = new ShapeScorer(lifted(forgetful), ENGINE, 1)) {
            ShapeState state = scorer.start(KNOWN, null);
            scores(scorer, state, 1, Arrays.copyOf(values, cut), 1e9);
            ShapeState taken = after.start(KNOWN, state);
            assertThat(requireNonNull(taken.memory()).size())
                    .isEqualTo(requireNonNull(state.memory()).size());
            assertThat(none.fits(state)).as("a model without a memory").isFalse();
            ShapeState dropped = none.start(KNOWN, state);
            assertThat(scorer.fits(dropped)).as("a state without a memory").isFalse();
            double expected = mean(scores(scorer, state.copy(), 1, rest, 1e9), 0, PERIOD);
            assertThat(mean(scores(after, taken, 1, rest, 1e9), 0, PERIOD)).isCloseTo(expected, within(0.3));
            assertThat(mean(scores(none, dropped, 1, rest, 1e9), 0, PERIOD)).isGreaterThan(expected + 1);
        }
    }

    /** The shape changes at 60 %. The rows after it are judged without prototypes of the new shape. */
    @Test
    void theCalibrationKnowsThePastAsLiveScoringDoes() {
        int rows = 2000;
        float[] values = new float[rows];
        for (int i = 0; i < rows; i++) {
            double phase = 2 * Math.PI * i / 20;
            double shape = Math.sin(phase) + Math.exp(12 * (Math.cos(phase) - 1));
            values[i] = (float) (shape + 0.02 * Math.sin(7.3 * i) + (i < rows * 3 / 5 ? 0 : 0.7 * Math.sin(3 * phase)));
        }
        Signal signal = new Signal(0, List.of(KNOWN), List.of(new SignalRun(0, 0, values)));
        ShapeTraining without = training(signal, 0);
        ShapeTraining with = training(signal, MEMORY);
        assertThat(with.model()).isEqualTo(without.model().withMemory(MEMORY));
        float[] plain = without.heldOut(ENGINE, new int[] {rows}).get(0);
        float[] remembering = with.heldOut(ENGINE, new int[] {rows}).get(0);
        double lower = 0;
        for (int i = 0; i < rows; i++) {
            assertThat(remembering[i]).as("row %d", i).isLessThanOrEqualTo(plain[i] + 1e-5f);
            lower += i >= rows * 7 / 10 && i < rows * 4 / 5 ? plain[i] - remembering[i] : 0;
        }
        assertThat(lower / (rows / 10.0)).as("on the new shape").isGreaterThan(2);
        assertThat(Arrays.copyOf(remembering, 40)).isEqualTo(Arrays.copyOf(plain, 40));
    }

    private static ShapeTraining training(Signal signal, int memory) {
        return requireNonNull(new ShapeTrainer(ENGINE, new ShapeOptions(ShapeChoice.ON, memory), 1)
                .train(signal)
                .training());
    }

    @Test
    void judgingAllocatesNothing(RandomGenerator random) {
        float[] values = lifted(ownShape(random, 30 * PERIOD));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (ShapeScorer scorer = new ShapeScorer(lifted(model), ENGINE, 1)) {
            ShapeState state = scorer.start(KNOWN, null);
            scores(scorer, state, 1, values, 5);
            long before = threads.getCurrentThreadAllocatedBytes();
            scores(scorer, state, 1, values, 5);
            double more = threads.getCurrentThreadAllocatedBytes() - before - 8.0 * values.length;
            assertThat(more / values.length).as("bytes for each row").isLessThan(1);
        }
    }
}
