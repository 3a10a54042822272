package dev.noether.flink.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.flink.config.DuplicatePolicy;
import dev.noether.flink.config.LatePolicy;
import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.feature.MissingPolicy;
import dev.noether.schemas.Score;
import dev.noether.schemas.UnscoredReason;
import dev.noether.schemas.Verdict;
import dev.noether.testing.RandomizedTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of a time that was there before, and rows behind their time. */
final class OddTimesTest extends RandomizedTest {
    private static final Duration DISORDER = Duration.ofSeconds(5);
    private static final long REPEATS_FROM = 1_000_000;

    @TempDir
    Path folder;

    private TestingModels models;

    @BeforeEach
    void store() {
        models = new TestingModels(folder);
    }

    @Test
    void repeatsChangeNothingForTheOthersAndAreScoredEachOnce(RandomGenerator random) throws Exception {
        List<ObservationRow> rows = ScoringHarness.rows(600, 3, random.nextLong());
        List<ObservationRow> withRepeats = new ArrayList<>();
        int repeats = 0;
        for (ObservationRow row : rows) {
            withRepeats.add(row);
            for (int i = random.nextInt(4); i > 2; i--) {
                withRepeats.add(at(row, REPEATS_FROM + repeats++, row.values()));
            }
        }
        List<Score> undisturbed = scores(rows, Duration.ZERO, DuplicatePolicy.REPEAT);
        try (ScoringHarness harness = harness(Duration.ZERO, DuplicatePolicy.REPEAT)) {
            harness.send(withRepeats);
            List<Score> scores = harness.scores();
            assertThat(scores)
                    .extracting(Score::sourceOffset)
                    .isEqualTo(withRepeats.stream().map(ObservationRow::offset).toList());
            assertThat(scores)
                    .filteredOn(score -> score.sourceOffset() < REPEATS_FROM)
                    .isEqualTo(undisturbed);
            assertThat(harness.metrics().duplicates.getCount())
                    .isEqualTo(repeats)
                    .isPositive();
            assertThat(harness.metrics().outOfOrder.getCount()).isZero();
            assertThat(harness.metrics().late.getCount()).isZero();
        }
    }

    @Test
    void aRepeatIsJudgedInThePlaceOfTheRowThatItRepeats() throws Exception {
        List<ObservationRow> rows = ScoringHarness.rows(40, 1, 3);
        for (int back : new int[] {0, 2}) {
            try (ScoringHarness harness = harness(DISORDER, DuplicatePolicy.REPEAT)) {
                harness.send(rows);
                ObservationRow repeated = rows.get(rows.size() - 1 - back);
                harness.send(at(repeated, REPEATS_FROM, repeated.values()));
                double[] other = repeated.values().clone();
                other[2] += 1000;
                harness.send(at(repeated, REPEATS_FROM + 1, other));
                harness.send(at(repeated, REPEATS_FROM, repeated.values()));
                List<Score> scores = harness.scores();
                Score first = scores.get(rows.size() - 1 - back);
                Score again = scores.get(rows.size());
                assertThat(again.verdict()).isNotEqualTo(Verdict.UNSCORED);
                assertThat(again.windowStart()).isEqualTo(first.windowStart());
                assertThat(again.windowEnd()).isEqualTo(first.windowEnd());
                // The baseline has learned a few rows since.
                assertThat(again.alarmScore()).isCloseTo(first.alarmScore(), within(0.2));
                assertThat(scores.get(rows.size() + 1).alarmScore()).isGreaterThan(first.alarmScore() + 3);
                assertThat(scores.get(rows.size() + 2))
                        .as("nothing was learned")
                        .isEqualTo(again);
                assertThat(harness.metrics().duplicates.getCount()).isEqualTo(3);
            }
        }
    }

    @Test
    void aRepeatOfARowOfAFormerModelTakesNothingFromTheLatter() throws Exception {
        List<ObservationRow> rows = ScoringHarness.rows(40, 1, 3);
        List<ObservationRow> withRepeat = new ArrayList<>(rows);
        // Model 2 scores from row 30 on; the row before it comes again behind that one.
        withRepeat.add(32, at(rows.get(29), REPEATS_FROM, rows.get(29).values()));
        List<List<Score>> runs = new ArrayList<>();
        for (List<ObservationRow> sent : List.of(rows, withRepeat)) {
            try (ScoringHarness harness = harness(DISORDER, DuplicatePolicy.REPEAT)) {
                harness.announce(models.release(
                        2, 30_000, TestingModels.model(ScoringHarness.FEATURES, ScoringHarness.WINDOW, 2)));
                harness.send(sent);
                runs.add(harness.scores());
            }
        }
        assertThat(runs.get(1).remove(32).modelVersion()).isEqualTo(1);
        assertThat(runs.get(1)).isEqualTo(runs.get(0));
    }

    /** The rows of one clock that was wrong for one row, or always until it was set right. */
    @ParameterizedTest
    @ValueSource(longs = {43_200_000, 2_300_000_000_000L})
    void anEntityRecoversFromOneRowOfTheFuture(long ahead) throws Exception {
        List<ObservationRow> rows = ScoringHarness.rows(60, 1, 3);
        long shift = System.currentTimeMillis() - 3_600_000;
        try (ScoringHarness harness = harness(DISORDER, DuplicatePolicy.REPEAT)) {
            for (int i = 0; i < rows.size(); i++) {
                long time = shift + rows.get(i).eventTime() + (i == 20 ? ahead : 0);
                harness.send(new ObservationRow("e", time, 0, i, rows.get(i).values()));
            }
            List<Score> scores = harness.scores();
            assertThat(scores).hasSize(60);
            assertThat(scores.subList(24, 60))
                    .allSatisfy(score -> assertThat(score.verdict()).isNotEqualTo(Verdict.UNSCORED));
            assertThat(harness.metrics().clockResets.getCount()).isEqualTo(1);
            assertThat(harness.metrics().late.getCount()).isLessThan(3);
        }
    }

    @Test
    void aStateWithAnImpossibleTimeRecoversAtItsNextRow() throws Exception {
        List<ObservationRow> rows = ScoringHarness.rows(40, 1, 3);
        long shift = System.currentTimeMillis() - 3_600_000;
        OperatorSubtaskState state;
        try (ScoringHarness harness = harness(DISORDER, DuplicatePolicy.REPEAT)) {
            for (int i = 0; i < 20; i++) {
                harness.send(new ObservationRow(
                        "e", 4_070_908_800_000L + i, 0, i, rows.get(i).values()));
            }
            state = harness.snapshot(1);
        }
        try (ScoringHarness harness =
                new ScoringHarness(ScoringHarness.options(1, DISORDER, LatePolicy.MARK), KnownReleases.NONE, state)) {
            for (int i = 20; i < 40; i++) {
                harness.send(new ObservationRow(
                        "e", shift + rows.get(i).eventTime(), 0, i, rows.get(i).values()));
            }
            assertThat(harness.scores())
                    .allSatisfy(score -> assertThat(score.verdict()).isNotEqualTo(Verdict.UNSCORED));
            assertThat(harness.metrics().clockResets.getCount()).isEqualTo(1);
        }
    }

    @Test
    void aRepeatOfARowWithoutAWindowHasNone() throws Exception {
        List<ObservationRow> rows = ScoringHarness.rows(2, 1, 3);
        try (ScoringHarness harness = harness(DISORDER, DuplicatePolicy.REPEAT)) {
            harness.send(rows);
            harness.send(at(rows.get(1), REPEATS_FROM, rows.get(1).values()));
            harness.send(at(rows.get(0), REPEATS_FROM, rows.get(0).values()));
            assertThat(harness.scores())
                    .hasSize(4)
                    .allSatisfy(score -> assertThat(score.unscoredReason()).isEqualTo(UnscoredReason.WARM_UP));
        }
    }

    @Test
    void whereTheyAreKeptTheyAreRowsOfTheirOwn() throws Exception {
        List<ObservationRow> rows = ScoringHarness.rows(ScoringHarness.WINDOW, 1, 3);
        List<ObservationRow> atOnce = new ArrayList<>();
        for (ObservationRow row : rows) {
            atOnce.add(new ObservationRow(row.entity(), 7_000, 0, row.offset(), row.values()));
        }
        try (ScoringHarness harness = harness(Duration.ZERO, DuplicatePolicy.KEEP)) {
            harness.send(atOnce);
            List<Score> scores = harness.scores();
            assertThat(scores.get(ScoringHarness.WINDOW - 1).verdict()).isNotEqualTo(Verdict.UNSCORED);
            assertThat(scores.get(ScoringHarness.WINDOW - 1).score())
                    .isEqualTo(scores(rows, Duration.ZERO, DuplicatePolicy.KEEP)
                            .get(ScoringHarness.WINDOW - 1)
                            .score());
            assertThat(harness.metrics().duplicates.getCount()).isEqualTo(ScoringHarness.WINDOW - 1);
        }
    }

    @Test
    void eachRowBehindItsTimeIsOfOneKind() throws Exception {
        try (ScoringHarness harness = harness(DISORDER, DuplicatePolicy.REPEAT)) {
            long[] seconds = {0, 1, 2, 4, 6, 7, 5, 7, 3, 2, 1, 8};
            // 5 and 3 are out of order; 7 and 2 are there already; 1 is six seconds behind.
            for (int i = 0; i < seconds.length; i++) {
                harness.send(new ObservationRow("e", seconds[i] * 1000, 0, i, new float[ScoringHarness.FEATURES]));
            }
            ScoringMetrics metrics = harness.metrics();
            assertThat(metrics.outOfOrder.getCount()).isEqualTo(2);
            assertThat(metrics.duplicates.getCount()).isEqualTo(2);
            assertThat(metrics.late.getCount()).isEqualTo(1);
            assertThat(metrics.unscored(UnscoredReason.LATE).getCount()).isGreaterThanOrEqualTo(1);
            assertThat(harness.scores()).hasSize(seconds.length);
        }
    }

    private List<Score> scores(List<ObservationRow> rows, Duration disorder, DuplicatePolicy duplicates)
            throws Exception {
        try (ScoringHarness harness = harness(disorder, duplicates)) {
            harness.send(rows);
            return harness.scores();
        }
    }

    private ScoringHarness harness(Duration disorder, DuplicatePolicy duplicates) throws Exception {
        ScoringHarness harness = new ScoringHarness(
                ScoringHarness.options(1, disorder, LatePolicy.MARK, 1000, duplicates, MissingPolicy.HOLD));
        harness.announce(models.release(1, 0, TestingModels.model(ScoringHarness.FEATURES, ScoringHarness.WINDOW, 1)));
        return harness;
    }

    private static ObservationRow at(ObservationRow row, long offset, double[] values) {
        return new ObservationRow(row.entity(), row.eventTime(), 0, offset, values);
    }
}
