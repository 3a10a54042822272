package dev.noether.flink.scoring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.flink.config.ContributionDetail;
import dev.noether.flink.config.LatePolicy;
import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.repeat.RepeatRuns;
import dev.noether.model.shape.RowReference;
import dev.noether.model.shape.ShapeChoice;
import dev.noether.model.shape.ShapeModel;
import dev.noether.model.shape.ShapeScorer;
import dev.noether.model.shape.ShapeState;
import dev.noether.model.shape.ShapeTrainer;
import dev.noether.model.shape.SignalRun;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.Score;
import dev.noether.schemas.ShapeDifference;
import dev.noether.schemas.ShapeFinding;
import dev.noether.schemas.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shape view in the operator: batches, state, late rows, models that follow each other. */
final class ShapeScoringTest {
    private static final long SEED = Long.getLong("noether.seed", 7);
    private static final int PERIOD = 40;
    private static final int FEATURE = 2;

    /** The shape score before any window was judged. */
    private static final double UNJUDGED = Math.log(2);

    @SuppressWarnings("NullAway.Init")
    private static ShapeModel shape;

    @TempDir
    Path folder;

    private TestingModels models;

    @BeforeAll
    static void train() {
        System.out.println("signals of seed " + SEED + ", change with -Dnoether.seed=");
        SplittableRandom random = new SplittableRandom(SEED);
        float[] signal = new float[1200];
        for (int i = 0; i < signal.length; i++) {
            signal[i] = value(random, i);
        }
        try (Engine engine = new OpenBlasEngine()) {
            ShapeTrainer.Decision decision = new ShapeTrainer(engine, ShapeChoice.AUTO, 1)
                    .train(new ShapeTrainer.Signal(FEATURE, List.of("entity-0"), List.of(new SignalRun(0, 0, signal))));
            ShapeModel trained = requireNonNull(decision.training()).model();
            // No row exceeds the largest one, so that the score is that of the windows alone.
            shape = trained.withGroups(trained.groups().stream()
                    .map(group -> group.withRows(new RowReference(0.5, 1, 1e9)))
                    .toList());
        }
    }

    @BeforeEach
    void store() {
        models = new TestingModels(folder);
    }

    private static float value(SplittableRandom random, int row) {
        double angle = 2 * Math.PI * row / PERIOD;
        return (float) (Math.sin(angle) + 0.5 * Math.sin(2 * angle + 1) + 0.1 * random.nextGaussian());
    }

    /** Rows of some entities in turn, each with a row in every second. */
    private static List<ObservationRow> rows(int count, int entities) {
        SplittableRandom random = new SplittableRandom(SEED + 1);
        List<ObservationRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] values = new float[ScoringHarness.FEATURES];
            for (int j = 0; j < values.length; j++) {
                values[j] = (float) random.nextGaussian();
            }
            values[FEATURE] = value(random, i / entities);
            rows.add(row(i % entities, i / entities, i, values));
        }
        return rows;
    }

    private static ObservationRow row(int entity, int second, long offset, float[] values) {
        return new ObservationRow("entity-" + entity, second * 1000L, 0, offset, values);
    }

    private ModelRelease release(long version, long effectiveFrom, boolean hasShape) {
        ModelArtifact model = TestingModels.model(ScoringHarness.FEATURES, ScoringHarness.WINDOW, SEED);
        return models.release(version, effectiveFrom, hasShape ? model.withShape(shape) : model);
    }

    private static List<Score> scores(ScoringOptions options, List<ObservationRow> rows, ModelRelease... releases)
            throws Exception {
        try (ScoringHarness harness = new ScoringHarness(options)) {
            for (ModelRelease release : releases) {
                harness.announce(release);
            }
            harness.send(rows);
            harness.endInput();
            return harness.scores();
        }
    }

    private static void assertSame(List<Score> found, List<Score> expected, double tolerance) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).sourceOffset()).isEqualTo(expected.get(i).sourceOffset());
            assertThat(found.get(i).verdict() == Verdict.UNSCORED)
                    .isEqualTo(expected.get(i).verdict() == Verdict.UNSCORED);
            if (found.get(i).verdict() != Verdict.UNSCORED) {
                assertThat(found.get(i).score())
                        .as("row %d", i)
                        .isCloseTo(expected.get(i).score(), within(tolerance));
            }
        }
    }

    @Test
    void rowsAloneAndInBatchesHaveTheSameScores() throws Exception {
        List<ObservationRow> rows = rows(900, 5);
        List<Score> alone = scores(ScoringHarness.options(1), rows, release(1, 0, true));
        assertThat(alone.stream().filter(score -> score.verdict() != Verdict.UNSCORED))
                .filteredOn(score -> Math.abs(score.score() - UNJUDGED) > 1e-6)
                .hasSizeGreaterThan(600);
        for (int batch : new int[] {17, 256}) {
            assertSame(scores(ScoringHarness.options(batch), rows, release(1, 0, true)), alone, 1e-5);
        }
    }

    private static ScoringOptions onlyAnomalous(ScoringOptions like) {
        return new ScoringOptions(
                like.detector(),
                like.window(),
                like.policies(),
                like.maxEntities(),
                like.budget(),
                like.microBatch(),
                ContributionDetail.ANOMALOUS,
                like.engine(),
                like.keys());
    }

    /** The last rows of the signal come eight rows late. */
    @Test
    void anAnomalousScoreSaysHowTheShapeDiffers() throws Exception {
        List<ObservationRow> rows = rows(330, 1);
        SplittableRandom random = new SplittableRandom(SEED + 2);
        for (int i = 300; i < rows.size(); i++) {
            rows.get(i).values()[FEATURE] = value(random, i - 8);
        }
        List<Score> alone = scores(ScoringHarness.options(1), rows, release(1, 0, true));
        List<Score> anomalous = scores(onlyAnomalous(ScoringHarness.options(1)), rows, release(1, 0, true));
        for (int i = 0; i < alone.size(); i++) {
            boolean isTold = alone.get(i).verdict() == Verdict.ANOMALOUS;
            assertThat(anomalous.get(i).shapeFinding())
                    .as("row %d", i)
                    .isEqualTo(isTold ? alone.get(i).shapeFinding() : null);
        }
        assertThat(anomalous)
                .anySatisfy(score -> assertThat(score.shapeFinding()).isNotNull());
        assertThat(alone.subList(300, rows.size()))
                .filteredOn(score -> score.shapeFinding() != null)
                .isNotEmpty()
                .anySatisfy(score -> {
                    assertThat(score.shapeFinding().kind()).isEqualTo(ShapeDifference.SHIFT);
                    assertThat(score.shapeFinding().deviations()).isGreaterThan(3);
                    assertThat(score.shapeFinding().periodRows()).isBetween(PERIOD - 1, PERIOD + 1);
                });
        // The rows of a batch share the state of their entity.
        List<Score> batched = scores(ScoringHarness.options(64), rows, release(1, 0, true));
        for (int i = 0; i < alone.size(); i++) {
            ShapeFinding expected = alone.get(i).shapeFinding();
            ShapeFinding found = batched.get(i).shapeFinding();
            assertThat(found == null).as("row %d", i).isEqualTo(expected == null);
            if (found != null && expected != null) {
                assertThat(found.kind()).isEqualTo(expected.kind());
                assertThat(found.brokenFrom()).isEqualTo(expected.brokenFrom());
                assertThat(found.deviations()).isCloseTo(expected.deviations(), within(0.01f));
            }
        }
    }

    @Test
    void scoringGoesOnUnchangedAfterARestore() throws Exception {
        List<ObservationRow> rows = rows(600, 4);
        ModelRelease release = release(1, 0, true);
        List<Score> undisturbed = scores(ScoringHarness.options(1), rows, release);
        for (int cut : new int[] {30, 333}) {
            List<Score> scores;
            OperatorSubtaskState state;
            try (ScoringHarness before = new ScoringHarness(ScoringHarness.options(1))) {
                before.announce(release);
                before.send(rows.subList(0, cut));
                state = before.snapshot(1);
                scores = before.scores();
            }
            try (ScoringHarness after = new ScoringHarness(ScoringHarness.options(1), KnownReleases.NONE, state)) {
                after.send(rows.subList(cut, rows.size()));
                after.endInput();
                scores.addAll(after.scores());
            }
            assertSame(scores, undisturbed, 0);
        }
    }

    /** A challenger takes over the values of the signal as it would if it took over itself. */
    @Test
    void aChallengerInShadowJudgesShapesAsItWouldAlone() throws Exception {
        List<ObservationRow> rows = rows(800, 2);
        for (boolean hasShape : new boolean[] {true, false}) {
            ModelRelease champion = release(1, 0, hasShape);
            ModelRelease next = release(2, 250_000, true).inStage(ReleaseStage.CHAMPION, 250_000, 1_000_000, 1);
            ModelRelease shadow = next.inStage(ReleaseStage.CHALLENGER, 250_000, 1_000_000, 1);
            List<Score> alone = scores(ScoringHarness.options(8), rows, champion);
            List<Score> inForce = scores(ScoringHarness.options(1), rows, champion, next);
            List<Score> beside = scores(ScoringHarness.options(8), rows, champion, shadow);
            assertSame(beside, alone, 0);
            for (int i = 500; i < rows.size(); i++) {
                assertThat(beside.get(i).shadow().pValue())
                        .as("row %d", i)
                        .isCloseTo(inForce.get(i).pValue(), within(1e-4));
            }
        }
    }

    private ModelRelease releaseWithMemory() {
        ModelArtifact model = TestingModels.model(ScoringHarness.FEATURES, ScoringHarness.WINDOW, SEED);
        // Only the large anomaly is above the threshold, so that the shape of entity 0 becomes known.
        ShapeModel calm = shape.withGroups(shape.groups().stream()
                .map(group -> group.withRows(new RowReference(7, 1, 1e9)))
                .toList());
        return models.release(1, 0, model.withShape(calm.withMemory(60)));
    }

    /** Entity 0 has a shape of its own, and entity 1 an anomaly and a gap. */
    private static List<ObservationRow> rowsWithAPast() {
        List<ObservationRow> rows = rows(1000, 2);
        for (int i = 0; i < rows.size(); i += 2) {
            rows.get(i).values()[FEATURE] += (float) (0.3 * Math.sin(3 * Math.PI * i / PERIOD));
        }
        for (int i = 501; i < 540; i += 2) {
            rows.get(i).values()[FEATURE] += 4;
        }
        rows.subList(701, 708).removeIf(row -> row.entity().equals("entity-1"));
        return rows;
    }

    @Test
    void theMemoryOfTheOwnPastIsRestoredExactly() throws Exception {
        List<ObservationRow> rows = rowsWithAPast();
        ModelRelease release = releaseWithMemory();
        List<Score> undisturbed = scores(ScoringHarness.options(1), rows, release);
        List<Score> forgetful = scores(ScoringHarness.options(1), rows, release(1, 0, true));
        assertThat(undisturbed)
                .filteredOn(score -> score.verdict() == Verdict.ANOMALOUS)
                .isNotEmpty();
        double lower = 0;
        for (int i = 600; i < rows.size(); i++) {
            if (rows.get(i).entity().equals("entity-0")) {
                lower += (forgetful.get(i).score() - undisturbed.get(i).score()) / 200;
            }
        }
        assertThat(lower).as("by the entity's own shape").isGreaterThan(1);
        for (int cut : new int[] {333, 515, 703, 850}) {
            List<Score> scores;
            OperatorSubtaskState state;
            try (ScoringHarness before = new ScoringHarness(ScoringHarness.options(1))) {
                before.announce(release);
                before.send(rows.subList(0, cut));
                state = before.snapshot(1);
                scores = before.scores();
            }
            try (ScoringHarness after = new ScoringHarness(ScoringHarness.options(1), KnownReleases.NONE, state)) {
                after.send(rows.subList(cut, rows.size()));
                after.endInput();
                scores.addAll(after.scores());
            }
            assertSame(scores, undisturbed, 0);
        }
        try (ScoringHarness harness = ScoringHarness.onRocksDb(ScoringHarness.options(1), null)) {
            harness.announce(release);
            harness.send(rows);
            harness.endInput();
            assertSame(harness.scores(), undisturbed, 0);
        }
    }

    @Test
    void aBackendThatKeepsBytesGivesTheSameScores() throws Exception {
        List<ObservationRow> rows = rows(400, 4);
        ModelRelease release = release(1, 0, true);
        try (ScoringHarness harness = ScoringHarness.onRocksDb(ScoringHarness.options(1), null)) {
            harness.announce(release);
            harness.send(rows);
            harness.endInput();
            assertSame(harness.scores(), scores(ScoringHarness.options(1), rows, release), 0);
        }
    }

    /**
     * Some of the late rows and duplicates are of a time at which another model was in force. They come between two
     * windows that are judged.
     */
    @Test
    void lateRowsAndDuplicatesDoNotChangeTheScoresOfOthers() throws Exception {
        List<ObservationRow> rows = rows(300, 1);
        ModelRelease[] releases = {release(1, 0, true), release(2, 150_000, true)};
        ScoringOptions options = ScoringHarness.options(1, Duration.ofSeconds(5), LatePolicy.SCORE);
        List<Score> undisturbed = scores(options, rows, releases);
        List<ObservationRow> disturbed = new ArrayList<>(rows.subList(0, 153));
        float[] wrong = new float[ScoringHarness.FEATURES];
        Arrays.fill(wrong, 30);
        disturbed.add(row(0, 20, 1000, wrong));
        disturbed.add(row(0, 149, 1001, wrong));
        disturbed.addAll(rows.subList(153, 155));
        disturbed.add(row(0, 153, 1002, wrong));
        disturbed.addAll(rows.subList(155, 300));
        disturbed.add(row(0, 20, 1003, wrong));
        List<Score> scores = scores(options, disturbed, releases);
        assertThat(scores).hasSize(304);
        Predicate<Score> isUsual = score -> score.sourceOffset() < 1000;
        assertSame(scores.stream().filter(isUsual).toList(), undisturbed, 0);
    }

    @Test
    void rowsOutOfOrderLeadToTheSameScoresAfterwards() throws Exception {
        List<ObservationRow> rows = rows(300, 1);
        ScoringOptions options = ScoringHarness.options(8, Duration.ofSeconds(10), LatePolicy.MARK);
        List<ObservationRow> disordered = new ArrayList<>(rows);
        for (int i = 20; i < 200; i += 5) {
            disordered.set(i, rows.get(i + 1));
            disordered.set(i + 1, rows.get(i));
        }
        List<Score> scores = scores(options, disordered, release(1, 0, true));
        List<Score> expected = scores(options, rows, release(1, 0, true));
        assertSame(scores.subList(210, 300), expected.subList(210, 300), 1e-5);
        assertThat(expected.get(250).score()).isNotCloseTo(UNJUDGED, within(1e-6));
    }

    @Test
    void rowsWhoseShapeIsNotJudgedAreCounted() throws Exception {
        List<ObservationRow> rows = rows(300, 1);
        long interval = TestingModels.model(ScoringHarness.FEATURES, ScoringHarness.WINDOW, SEED)
                .rowInterval()
                .toMillis();
        for (int i = 100; i < rows.size(); i++) {
            // The entity reports less often than in training.
            ObservationRow row = rows.get(i);
            rows.set(
                    i,
                    new ObservationRow(row.entity(), 99_000 + 3 * interval * (i - 99), 0, row.offset(), row.values()));
        }
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(1))) {
            harness.announce(release(1, 0, true));
            harness.send(rows.subList(0, 100));
            long atFirst = harness.metrics().shapeUnjudged.getCount();
            assertThat(atFirst).as("the shortest window has 16 rows").isBetween(1L, 15L);
            harness.send(rows.subList(100, rows.size()));
            harness.endInput();
            assertThat(harness.metrics().shapeUnjudged.getCount() - atFirst).isEqualTo(200);
        }
    }

    @Test
    void aNewModelTakesTheValuesOver() throws Exception {
        List<ObservationRow> rows = rows(200, 1);
        List<Score> scores = scores(ScoringHarness.options(1), rows, release(1, 0, true), release(2, 100_000, true));
        assertThat(scores.get(100).modelVersion()).isEqualTo(2);
        for (Score score : scores.subList(60, 200)) {
            assertThat(score.score()).isNotCloseTo(UNJUDGED, within(1e-9));
        }
    }

    @Test
    void valuesBeforeAModelWithoutAShapeViewAreForgotten() throws Exception {
        List<ObservationRow> rows = rows(200, 1);
        List<Score> scores = scores(
                ScoringHarness.options(1),
                rows,
                release(1, 0, true),
                release(2, 100_000, false),
                release(3, 120_000, true));
        assertThat(scores.get(119).modelVersion()).isEqualTo(2);
        for (int i = 120; i < 120 + 15; i++) {
            assertThat(scores.get(i).modelVersion()).isEqualTo(3);
            assertThat(scores.get(i).score()).as("row %d", i).isCloseTo(UNJUDGED, within(1e-6));
        }
        assertThat(scores.get(120 + 15).score()).isNotCloseTo(UNJUDGED, within(1e-6));
    }

    @Test
    void theStateIsWrittenReadAndCopied() throws IOException {
        try (Engine engine = new OpenBlasEngine();
                ShapeScorer scorer = new ShapeScorer(shape, engine, 1)) {
            ShapeState view = scorer.start("stranger", null);
            SplittableRandom random = new SplittableRandom(SEED);
            for (int i = 0; i < 107; i++) {
                scorer.clear();
                scorer.add(0, view, value(random, i), 0, false);
                scorer.judge(0, 0.5);
            }
            EntityState state =
                    new EntityState(new WindowBuffer(3, 0, ScoringHarness.FEATURES), new RepeatRuns(), null, null, 3);
            state.setShape(view, 3, 7);
            EntityState plain =
                    new EntityState(new WindowBuffer(3, 0, ScoringHarness.FEATURES), new RepeatRuns(), null, null, 3);
            byte[] bytes = bytes(state);
            assertThat(bytes).as("as documented").hasSize(bytes(plain).length + 4 * shape.rows() + 97);
            assertThat(bytes(EntityStateSerializer.INSTANCE.copy(state))).isEqualTo(bytes);
            EntityState read = EntityStateSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes));
            assertThat(bytes(read)).isEqualTo(bytes);
            assertThat(read.shapeVersion()).isEqualTo(3);
            assertThat(read.shapeHash()).isEqualTo(7);
            assertThat(requireNonNull(read.shape()).standardised(0)).isEqualTo(view.standardised(0));
            for (int length = 0; length < bytes.length; length++) {
                byte[] shorter = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> EntityStateSerializer.INSTANCE.deserialize(new DataInputDeserializer(shorter)))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    private static byte[] bytes(EntityState state) throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(2048);
        EntityStateSerializer.INSTANCE.serialize(state, target);
        return target.getCopyOfBuffer();
    }
}
