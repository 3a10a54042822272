package dev.noether.model.shape;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Nd4jEngine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.shape.ShapeTrainer.Decision;
import dev.noether.model.shape.ShapeTrainer.Signal;
import dev.noether.testing.RandomizedTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ShapeStreamTest extends RandomizedTest {
    private static final int PERIOD = 40;
    private static final int ENTITIES = 9;
    private static final String KNOWN = "entity-0";

    private static final Engine ENGINE = new OpenBlasEngine();

    @SuppressWarnings("NullAway.Init")
    private static ShapeModel model;

    /** Of the model, for single rows; making one takes some time. */
    @SuppressWarnings("NullAway.Init")
    private static ShapeScorer single;

    @BeforeAll
    static void train() {
        model = trained(random(), PERIOD);
        single = new ShapeScorer(model, ENGINE, 1);
    }

    @AfterAll
    static void closeEngine() {
        single.close();
        ENGINE.close();
    }

    private static ShapeModel trained(RandomGenerator random, int period) {
        List<SignalRun> runs = List.of(
                new SignalRun(0, 0, TestingOrbits.beats(random, 800, period, 0.05)),
                new SignalRun(1, 0, TestingOrbits.beats(random, 800, period, 0.05)));
        Decision decision =
                new ShapeTrainer(ENGINE, ShapeChoice.AUTO, 1).train(new Signal(2, List.of(KNOWN, "entity-1"), runs));
        ShapeModel trained = requireNonNull(decision.training(), () -> "closed: " + decision.provenance())
                .model();
        return trained.withGroups(trained.groups().stream()
                .map(group -> group.withRows(new RowReference(0.5, 1, 2.5)))
                .toList());
    }

    /** A row of the stream. */
    private record Row(String entity, float value, int back, boolean isAfterGap, boolean isOutside, double alarmScore) {
        Row(String entity, float value, double alarmScore) {
            this(entity, value, 0, false, false, alarmScore);
        }
    }

    /** Scores and alarm scores of the rows, in batches; the states of the entities are kept in the map. */
    private static double[] scores(
            ShapeModel shape, Engine engine, int batch, List<Row> rows, Map<String, ShapeState> states) {
        try (ShapeScorer scorer = new ShapeScorer(shape, engine, batch)) {
            return scores(scorer, batch, rows, states);
        }
    }

    private static double[] scores(ShapeScorer scorer, int batch, List<Row> rows, Map<String, ShapeState> states) {
        double[] scores = new double[2 * rows.size()];
        for (int from = 0; from < rows.size(); from += batch) {
            int size = Math.min(batch, rows.size() - from);
            for (int i = 0; i < size; i++) {
                Row row = rows.get(from + i);
                ShapeState state = states.computeIfAbsent(row.entity, name -> scorer.start(name, null));
                if (row.isOutside) {
                    scorer.addOutside(i, state);
                } else {
                    scorer.add(i, state, row.value, row.back, row.isAfterGap);
                }
            }
            for (int i = 0; i < size; i++) {
                scorer.judge(i, rows.get(from + i).alarmScore);
                scores[2 * (from + i)] = scorer.score();
                scores[2 * (from + i) + 1] = scorer.alarmScore();
            }
            scorer.clear();
        }
        return scores;
    }

    private static double[] scores(List<Row> rows) {
        return scores(rows, new HashMap<>());
    }

    private static double[] scores(List<Row> rows, Map<String, ShapeState> states) {
        return scores(single, 1, rows, states);
    }

    /** Rows of many entities in random order, with gaps, rows out of order, late rows and high alarm scores. */
    private static List<Row> mixed(RandomGenerator random, int count) {
        Map<Integer, float[]> signals = new HashMap<>();
        int[] at = new int[ENTITIES];
        for (int e = 0; e < ENTITIES; e++) {
            signals.put(e, TestingOrbits.beats(random, count, PERIOD, 0.05));
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int e = random.nextInt(ENTITIES);
            float value = requireNonNull(signals.get(e))[at[e]++];
            int kind = random.nextInt(300);
            rows.add(new Row(
                    "entity-" + e,
                    value,
                    kind < 20 ? random.nextInt(1, 4) : 0,
                    kind == 20,
                    kind > 290,
                    Math.abs(random.nextGaussian())));
        }
        return rows;
    }

    @Test
    void rowsAloneAndInBatchesHaveTheSameScores(RandomGenerator random) {
        List<Row> rows = mixed(random, 6000);
        double[] alone = scores(rows);
        assertThat(Arrays.stream(alone).max().orElseThrow()).isGreaterThan(1.5);
        for (int batch : new int[] {7, 256, 1000}) {
            double[] batched = scores(model, ENGINE, batch, rows, new HashMap<>());
            System.out.println("largest difference in batches of " + batch + ": " + difference(batched, alone));
            assertThat(difference(batched, alone)).isLessThan(1e-5);
        }
    }

    @Test
    void allEnginesHaveTheSameScores(RandomGenerator random) {
        List<Row> rows = mixed(random, 3000);
        double[] expected = scores(rows);
        try (Engine reference = new ReferenceEngine();
                Engine nd4j = Nd4jEngine.onDevice(0)) {
            for (Engine engine : List.of(reference, nd4j)) {
                double[] scores = scores(model, engine, 256, rows, new HashMap<>());
                assertThat(difference(scores, expected)).as(engine.name()).isLessThan(1e-3);
            }
        }
    }

    private static double difference(double[] some, double[] others) {
        double largest = 0;
        for (int i = 0; i < some.length; i++) {
            largest = Math.max(largest, Math.abs(some[i] - others[i]));
        }
        return largest;
    }

    @Test
    void aStateThatIsWrittenAndReadOrCopiedGoesOnUnchanged(RandomGenerator random) throws IOException {
        List<Row> rows = mixed(random, 3000);
        double[] undisturbed = scores(rows);
        // Before a window is full, between two windows, and late.
        for (int cut : new int[] {5, 200, 333, 1777}) {
            Map<String, ShapeState> states = new HashMap<>();
            double[] before = scores(rows.subList(0, cut), states);
            Map<String, ShapeState> read = new HashMap<>();
            for (Map.Entry<String, ShapeState> entry : states.entrySet()) {
                read.put(entry.getKey(), read(bytes(entry.getValue())));
                entry.setValue(entry.getValue().copy());
            }
            List<Row> rest = rows.subList(cut, rows.size());
            assertThat(before).isEqualTo(Arrays.copyOf(undisturbed, 2 * cut));
            double[] expected = Arrays.copyOfRange(undisturbed, 2 * cut, undisturbed.length);
            assertThat(scores(rest, read)).isEqualTo(expected);
            assertThat(scores(rest, states)).isEqualTo(expected);
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
    void damagedBytesAreRefusedOrReadButNeverTakeMuchMemory(RandomGenerator random) throws IOException {
        Map<String, ShapeState> states = new HashMap<>();
        scores(of(KNOWN, TestingOrbits.beats(random, 100, PERIOD, 0.05)), states);
        byte[] bytes = bytes(requireNonNull(states.get(KNOWN)));
        assertThat(bytes).as("as documented, with 8 for the version").hasSize(4 * model.rows() + 81);
        for (int length = 0; length < bytes.length; length++) {
            byte[] shorter = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(shorter)).isInstanceOf(IOException.class);
        }
        int refused = 0;
        for (int trial = 0; trial < 5000; trial++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                ShapeState state = read(damaged);
                assertThat(state.capacity()).isBetween(1, ShapeModel.MOST_ROWS);
                if (trial % 50 == 0 && state.capacity() == model.rows() && state.group() == 0) {
                    double[] scores = scores(
                            of(KNOWN, TestingOrbits.beats(random, 100, PERIOD, 0.05)),
                            new HashMap<>(Map.of(KNOWN, state)));
                    assertThat(scores).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
                }
            } catch (IOException expected) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
        byte[] large = bytes.clone();
        large[0] = (byte) 0xff;
        assertThatThrownBy(() -> read(large))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the state of the shape view is damaged: it has a ring of 65");
    }

    private static List<Row> of(String entity, float... values) {
        List<Row> rows = new ArrayList<>();
        for (float value : values) {
            rows.add(new Row(entity, value, 0.5));
        }
        return rows;
    }

    /** With alarm scores at their median, the shape score of an entity without a full window is ln 2. */
    private static final double UNJUDGED = Math.log(2);

    @Test
    void aWindowWithAGapIsNotJudgedUntilItHasPassed(RandomGenerator random) {
        List<Row> rows = of(KNOWN, TestingOrbits.beats(random, 300, PERIOD, 0.05));
        int gap = 150;
        rows.set(gap, new Row(KNOWN, rows.get(gap).value, 0, true, false, 0.5));
        double[] scores = scores(rows);
        int shortest = model.groups().get(0).windows().get(0).window().rows();
        for (int i = 0; i < shortest - 1; i++) {
            assertThat(scores[2 * i]).isEqualTo(UNJUDGED);
            assertThat(scores[2 * (gap + i)]).as("row %d after the gap", i).isEqualTo(UNJUDGED);
        }
        assertThat(scores[2 * (shortest - 1)]).isNotEqualTo(UNJUDGED);
        assertThat(scores[2 * (gap - 1)]).isNotEqualTo(UNJUDGED);
        assertThat(scores[2 * (gap + shortest - 1)]).isNotEqualTo(UNJUDGED);
        // After the gap only the values after it count.
        double[] fresh = scores(rows.subList(gap, rows.size()));
        assertThat(Arrays.copyOfRange(scores, 2 * gap, scores.length)).isEqualTo(fresh);
        // Also if the rows before and after the gap are in one batch.
        assertThat(difference(scores(model, ENGINE, 1000, rows, new HashMap<>()), scores))
                .isLessThan(1e-5);
    }

    @Test
    void rowsOutOfOrderMakeTheSameRing(RandomGenerator random) throws IOException {
        float[] values = TestingOrbits.beats(random, 400, PERIOD, 0.05);
        Map<String, ShapeState> inOrder = new HashMap<>();
        scores(of(KNOWN, values), inOrder);
        List<Row> disordered = new ArrayList<>();
        for (int i = 0; i < values.length; i += 4) {
            disordered.add(new Row(KNOWN, values[i], 0.5));
            disordered.add(new Row(KNOWN, values[i + 2], 0.5));
            disordered.add(new Row(KNOWN, values[i + 1], 1, false, false, 0.5));
            disordered.add(new Row(KNOWN, values[i + 3], 0.5));
        }
        Map<String, ShapeState> outOfOrder = new HashMap<>();
        double[] scores = scores(disordered, outOfOrder);
        float[] expected = new float[model.rows()];
        float[] found = new float[model.rows()];
        requireNonNull(inOrder.get(KNOWN)).copyScaled(expected.length, expected);
        requireNonNull(outOfOrder.get(KNOWN)).copyScaled(found.length, found);
        assertThat(found).isEqualTo(expected);
        assertThat(scores).hasSize(800);
    }

    @Test
    void rowsOutsideTheSignalDoNotChangeTheState(RandomGenerator random) throws IOException {
        Map<String, ShapeState> states = new HashMap<>();
        scores(of(KNOWN, TestingOrbits.beats(random, 101, PERIOD, 0.05)), states);
        byte[] before = bytes(requireNonNull(states.get(KNOWN)));
        scores(
                model,
                ENGINE,
                4,
                List.of(new Row(KNOWN, 99, 0, false, true, 99), new Row(KNOWN, 9, 0, false, true, 9)),
                states);
        assertThat(bytes(requireNonNull(states.get(KNOWN)))).isEqualTo(before);
    }

    @Test
    void aNewModelTakesTheValuesOver(RandomGenerator random) {
        ShapeModel other = trained(new SplittableRandom(random.nextLong()), 56);
        Map<String, ShapeState> states = new HashMap<>();
        List<Row> rows = of(KNOWN, TestingOrbits.beats(random, 400, PERIOD, 0.05));
        scores(rows.subList(0, 200), states);
        ShapeState old = requireNonNull(states.get(KNOWN));
        try (ShapeScorer scorer = new ShapeScorer(other, ENGINE, 1);
                ShapeScorer back = new ShapeScorer(model, ENGINE, 1)) {
            assertThat(back.fits(old)).isTrue();
            assertThat(scorer.fits(old)).as("another ring").isFalse();
            ShapeState next = scorer.start(KNOWN, old);
            assertThat(next.size()).isEqualTo(Math.min(other.rows(), old.size()));
            ShapeState again = back.start(KNOWN, next);
            float[] expected = new float[model.rows()];
            float[] found = new float[model.rows()];
            old.copyScaled(expected.length, expected);
            again.copyScaled(found.length, found);
            assertThat(found).isEqualTo(expected);
            back.add(0, again, rows.get(200).value, 0, false);
            back.judge(0, 0.5);
            assertThat(back.score()).as("it is judged at once").isNotEqualTo(UNJUDGED);
            ShapeScorer stranger = new ShapeScorer(new ShapeModel(1, model.groups(), model.entities()), ENGINE, 1);
            assertThat(stranger.fits(old)).as("the values of another feature").isFalse();
            assertThat(stranger.start(KNOWN, old).size()).isZero();
            stranger.close();
        }
    }

    @Test
    void anUnknownEntityIsJudgedByItsOwnLevelFromItsFirstFullWindowOn(RandomGenerator random) {
        float[] values = TestingOrbits.beats(random, 600, PERIOD, 0.05);
        double[] usual = scores(of(KNOWN, values));
        for (int i = 0; i < values.length; i++) {
            values[i] = 5000 + 300 * values[i];
        }
        double[] scores = scores(of("stranger", values));
        int longest = model.groups().get(0).longestWindow();
        for (int i = 0; i < longest - 1; i++) {
            assertThat(scores[2 * i]).isEqualTo(UNJUDGED);
        }
        assertThat(scores[2 * (longest - 1)]).isNotEqualTo(UNJUDGED);
        double mean = mean(usual, longest);
        // The level of one period is less exact than that of the training history.
        assertThat(mean(scores, longest)).isLessThan(mean + 0.2);
        assertThat(mean(scores(of(KNOWN, values)), longest))
                .as("by another level")
                .isGreaterThan(5);
    }

    @Test
    void anUnknownEntityThatIsIdleAtFirstIsJudgedOnceItHasTheShape(RandomGenerator random) {
        float[] beats = TestingOrbits.beats(random, 600, PERIOD, 0.05);
        double usual = mean(scores(of(KNOWN, beats)), 100);
        float[] broken = beats.clone();
        broken[20] = 1e6f;
        float[] idle = beats.clone();
        float[] noise = beats.clone();
        for (int i = 0; i < 100; i++) {
            idle[i] = -40;
            noise[i] = -40 + 0.02f * (float) random.nextGaussian();
        }
        for (float[] values : List.of(broken, idle, noise)) {
            double[] scores = scores(of("stranger", values));
            for (int i = 0; i < 100; i++) {
                assertThat(scores[2 * i]).as("row %d", i).isLessThan(6);
            }
            assertThat(mean(scores, 100 + 2 * PERIOD)).isLessThan(usual + 0.3);
        }
    }

    @Test
    void anUnknownEntityThatDoesNotRepeatIsNotJudged(RandomGenerator random) {
        float[] flat = new float[400];
        for (double score : scores(of("stranger", flat))) {
            assertThat(score).isLessThanOrEqualTo(UNJUDGED);
        }
    }

    private static double mean(double[] scores, int from) {
        double sum = 0;
        for (int i = from; 2 * i < scores.length; i++) {
            sum += scores[2 * i] / (scores.length / 2.0 - from);
        }
        return sum;
    }

    @Test
    void extremeValuesHaveFiniteScores(RandomGenerator random) {
        float[] usual = TestingOrbits.beats(random, 400, PERIOD, 0.05);
        float[] huge = usual.clone();
        float[] jump = usual.clone();
        float[] far = usual.clone();
        float[] tiny = usual.clone();
        for (int i = 0; i < usual.length; i++) {
            huge[i] *= 1e30f;
            jump[i] = i < 200 ? usual[i] : Float.MAX_VALUE;
            far[i] = 1.7e9f + 500 * usual[i];
            tiny[i] *= 1e-40f;
        }
        float[] constant = new float[400];
        Arrays.fill(constant, 3);
        float[] alternating = new float[400];
        for (int i = 0; i < 400; i++) {
            alternating[i] = i % 2 == 0 ? Float.MAX_VALUE : -Float.MAX_VALUE;
        }
        for (float[] signal : List.of(huge, jump, far, tiny, constant, alternating)) {
            for (String entity : List.of(KNOWN, "stranger")) {
                for (double alarmScore : new double[] {0.5, 1e300, Double.POSITIVE_INFINITY}) {
                    List<Row> rows = of(entity, signal);
                    rows.set(300, new Row(entity, rows.get(300).value, alarmScore));
                    assertThat(Arrays.stream(scores(rows)).allMatch(s -> s >= 0 && Double.isFinite(s)))
                            .as("%s, from %s to %s, alarm %s", entity, signal[0], signal[399], alarmScore)
                            .isTrue();
                }
            }
        }
        assertThat(mean(scores(of("stranger", far)), 40)).as("beats far from 0").isLessThan(5);
        double[] jumped = scores(of(KNOWN, jump));
        assertThat(jumped[2 * 240]).isGreaterThan(10 * jumped[2 * 199]);
    }

    @Test
    void scaledValuesStayWhereTheirSquaresAreFloats() {
        ShapeState state = new ShapeState(3, 0, 0);
        state.setLevel(1.7e9 + 3, 1e-3);
        state.append(Float.MAX_VALUE);
        state.append(-1e30f);
        state.append(1.7e9f);
        float[] scaled = new float[3];
        state.copyScaled(3, scaled);
        assertThat(scaled).containsExactly(1e6f, -1e6f, (float) ((1.7e9f - (1.7e9 + 3)) / 1e-3));
    }

    @Test
    void judgingAllocatesNothing(RandomGenerator random) {
        int batch = 64;
        int rounds = 300;
        float[] values = TestingOrbits.beats(random, 2000, PERIOD, 0.05);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (ShapeScorer scorer = new ShapeScorer(model, ENGINE, batch)) {
            ShapeState known = scorer.start(KNOWN, null);
            ShapeState stranger = scorer.start("stranger", null);
            long allocated = 0;
            for (int round = 0; round < rounds; round++) {
                if (round == rounds / 2) {
                    allocated = threads.getCurrentThreadAllocatedBytes();
                }
                for (int i = 0; i < batch; i++) {
                    int at = (round * batch + i) % values.length;
                    scorer.add(i, i % 2 == 0 ? known : stranger, values[at], i % 10 == 0 ? 1 : 0, at == 7);
                }
                for (int i = 0; i < batch; i++) {
                    scorer.judge(i, 0.5);
                }
                scorer.clear();
            }
            long more = threads.getCurrentThreadAllocatedBytes() - allocated;
            assertThat((double) more / (rounds / 2 * batch))
                    .as("bytes for each row")
                    .isLessThan(0.5);
        }
    }

    @Test
    void anExcessIsRememberedForAQuarterOfAPeriodEvenAfterARestoreWithAnotherStride() {
        ShapeState state = new ShapeState(40, 0, 0);
        for (int i = 0; i < 20; i++) {
            state.rememberExcess(0, 100);
        }
        state.rememberExcess(3, 2);
        assertThat(state.largestExcess()).isCloseTo(3, within(1e-6));
        for (int i = 0; i < 4 * 2 - 1; i++) {
            state.rememberExcess(0, 2);
            assertThat(state.largestExcess()).as("row %d", i).isCloseTo(3, within(1e-6));
        }
        for (int i = 0; i < 3; i++) {
            state.rememberExcess(0, 2);
        }
        assertThat(state.largestExcess()).isZero();
    }
}
