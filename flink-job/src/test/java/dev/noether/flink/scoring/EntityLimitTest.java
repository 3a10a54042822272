package dev.noether.flink.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DuplicatePolicy;
import dev.noether.flink.config.LatePolicy;
import dev.noether.flink.entity.EntityLimit;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More entities than are to be remembered. */
final class EntityLimitTest extends RandomizedTest {
    private static final int SECOND = 1000;

    @TempDir
    Path folder;

    private TestingModels models;
    private long offset;

    @BeforeEach
    void store() {
        models = new TestingModels(folder);
    }

    @Test
    void theLeastRecentlySeenGoesAndIsNewWhenItComesBack() throws Exception {
        try (ScoringHarness harness = harness(3, null)) {
            warmUp(harness, "a", 0);
            warmUp(harness, "b", 10);
            warmUp(harness, "c", 20);
            // Seen again: b is now the least recent.
            harness.send(row("a", 30));
            assertThat(harness.metrics().entitiesEvicted.getCount()).isZero();
            warmUp(harness, "d", 40);
            assertThat(harness.keyedStates()).isEqualTo(3);
            assertThat(harness.metrics().entitiesEvicted.getCount()).isEqualTo(1);
            harness.scores();
            harness.send(row("a", 50));
            harness.send(row("c", 51));
            harness.send(row("d", 52));
            assertThat(harness.scores()).noneMatch(score -> score.verdict() == Verdict.UNSCORED);
            harness.send(row("b", 53));
            assertThat(harness.scores())
                    .singleElement()
                    .extracting(Score::unscoredReason)
                    .isEqualTo(UnscoredReason.WARM_UP);
        }
    }

    @Test
    void neverMoreThanTheLimitAndABatchAndAlwaysTheMostRecent(RandomGenerator random) throws Exception {
        int most = 200;
        int batch = 16;
        Map<String, Long> seen = new HashMap<>();
        List<ObservationRow> rows = new ArrayList<>();
        for (int i = 0; i < 6000; i++) {
            // A population that moves on: half of the rows are of entities at hand, and it drifts by one in four rows.
            rows.add(row("entity-" + (i / 4 + random.nextInt(250)), i));
        }
        try (ScoringHarness harness = harness(batch, most, null)) {
            for (ObservationRow row : rows) {
                harness.send(row);
                assertThat(harness.keyedStates()).isLessThanOrEqualTo(most + batch);
                seen.put(row.entity(), row.eventTime());
            }
            harness.endInput();
            int remembered = harness.keyedStates();
            assertThat(remembered).isBetween(most - most / EntityLimit.SHARE, most);
            assertThat(harness.scores()).hasSize(rows.size());
            assertThat(harness.metrics().entitiesEvicted.getCount()).isGreaterThanOrEqualTo(seen.size() - remembered);
            // The most recent of all, as a plain sort sees them, are those that go on without a warm-up.
            List<String> recent = seen.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(harness.entities()).containsExactlyInAnyOrderElementsOf(recent.subList(0, remembered));
        }
    }

    @Test
    void aRestoreCountsWhatItBringsAndForgetsWhatIsTooMuch() throws Exception {
        OperatorSubtaskState state;
        try (ScoringHarness before = harness(100, null)) {
            for (int i = 0; i < 100; i++) {
                before.send(row("entity-" + i, i));
            }
            state = before.snapshot(1);
        }
        try (ScoringHarness same = harness(100, state)) {
            same.send(row("entity-100", 100));
            assertThat(same.metrics().entitiesEvicted.getCount())
                    .as("a hundredth and one, down to 97")
                    .isEqualTo(4);
            assertThat(same.entities()).doesNotContain("entity-0", "entity-3").contains("entity-4", "entity-100");
        }
        try (ScoringHarness smaller = harness(10, state)) {
            assertThat(smaller.keyedStates()).isEqualTo(10);
            assertThat(smaller.entities()).contains("entity-99", "entity-90").doesNotContain("entity-89");
        }
    }

    @Test
    void withAnotherParallelismEachSubtaskKeepsTheMostRecentOfItsOwn() throws Exception {
        OperatorSubtaskState state;
        try (ScoringHarness before = harness(1000, null)) {
            for (int i = 0; i < 300; i++) {
                before.send(row("entity-" + i, i));
            }
            state = before.snapshot(1);
        }
        List<String> all = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            List<String> own;
            try (ScoringHarness after = ScoringHarness.rescaled(options(1, 1000), state, 2, subtask)) {
                own = after.entities();
            }
            all.addAll(own);
            // 101 of the job: half of them, rounded up, less a thirty-second of that.
            try (ScoringHarness after = ScoringHarness.rescaled(options(1, 101), state, 2, subtask)) {
                assertThat(after.metrics().entitiesEvicted.getCount()).isEqualTo(own.size() - 50);
                assertThat(after.entities())
                        .containsExactlyInAnyOrderElementsOf(own.stream()
                                .sorted(Comparator.comparingInt(EntityLimitTest::number)
                                        .reversed())
                                .limit(50)
                                .toList());
            }
        }
        assertThat(all).hasSize(300).doesNotHaveDuplicates();
    }

    private static int number(String entity) {
        return Integer.parseInt(entity.substring("entity-".length()));
    }

    private ScoringHarness harness(int most, OperatorSubtaskState state) throws Exception {
        return harness(1, most, state);
    }

    private ScoringHarness harness(int batch, int most, OperatorSubtaskState state) throws Exception {
        ScoringHarness harness = new ScoringHarness(options(batch, most), KnownReleases.NONE, state);
        if (state == null) {
            harness.announce(
                    models.release(1, 0, TestingModels.model(ScoringHarness.FEATURES, ScoringHarness.WINDOW, 1)));
        }
        return harness;
    }

    private static ScoringOptions options(int batch, int most) {
        return ScoringHarness.options(
                batch, Duration.ZERO, LatePolicy.MARK, most, DuplicatePolicy.REPEAT, MissingPolicy.HOLD);
    }

    private void warmUp(ScoringHarness harness, String entity, int second) throws Exception {
        for (int i = 0; i < ScoringHarness.WINDOW; i++) {
            harness.send(row(entity, second + i));
        }
    }

    private ObservationRow row(String entity, int second) {
        return new ObservationRow(entity, (long) second * SECOND, 0, offset++, new float[ScoringHarness.FEATURES]);
    }
}
