package dev.noether.flink.renewal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.schemas.GateFigure;
import dev.noether.schemas.Score;
import dev.noether.schemas.UnscoredReason;
import dev.noether.schemas.Verdict;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ProbationRecordTest extends RandomizedTest {
    private static final int ENTITIES = 60;
    private static final int MINUTES = 120;
    private static final double PROMISED = 1.0 / (30 * 24 * 60);

    @Test
    void aModelThatKeepsItsBudgetAlmostNeverHasAProblem(RandomGenerator random) {
        for (double factor : new double[] {0, 1, 5, 10}) {
            int withdrawn = 0;
            for (int round = 0; round < 100; round++) {
                withdrawn += run(random, factor * PROMISED) == null ? 0 : 1;
            }
            assertThat(withdrawn).as("at %s times the budget", factor).isZero();
        }
    }

    @Test
    void aModelThatAlarmsEverywhereIsWithdrawnWithItsFigures(RandomGenerator random) {
        GateFigure problem = requireNonNull(run(random, 0.05));
        assertThat(problem.name()).isEqualTo("alarms");
        assertThat(problem.isPassed()).isFalse();
        assertThat(problem.challenger()).isGreaterThan(problem.limit());
        assertThat(problem.sentence()).contains("entities in 7,200 rows within PT1H59M; the budget promises 0.167");
    }

    @Test
    void aLongIncidentOfASingleEntityIsNoProblemOfTheModel() {
        ProbationRecord record = new ProbationRecord(PROMISED, 0);
        for (int minute = 0; minute < MINUTES; minute++) {
            for (int entity = 0; entity < ENTITIES; entity++) {
                record.add(score("host-" + entity, minute, entity < 2 && minute % 15 < 3));
            }
        }
        assertThat(record.problem()).isNull();
    }

    @Test
    void aScoreThatIsNotFiniteIsEnough() {
        ProbationRecord record = new ProbationRecord(PROMISED, 0);
        record.add(score("a", 1, false));
        assertThat(record.problem()).isNull();
        record.add(score("a", 2, Double.NaN, Verdict.NORMAL));
        assertThat(requireNonNull(record.problem()).sentence()).isEqualTo("1 of 2 scores are not finite numbers");
    }

    @Test
    void suppressedAndUnscoredRowsDoNotCount() {
        ProbationRecord record = new ProbationRecord(PROMISED, 0);
        for (int entity = 0; entity < ENTITIES; entity++) {
            record.add(score("host-" + entity, 1, true).suppressedBy("maintenance: upgrade"));
            record.add(Score.unscored("d", "host-" + entity, 60_000, 0, 0, UnscoredReason.WARM_UP));
        }
        assertThat(record.problem()).isNull();
    }

    @Test
    void theBoundOfTheProbabilityIsOne() {
        assertThat(ProbationRecord.tail(0, 0)).isEqualTo(1);
        assertThat(ProbationRecord.tail(1, 0)).isZero();
        assertThat(ProbationRecord.tail(3, 5)).isEqualTo(1);
        // P(Poisson(1) ≥ 5) = 0.00366.
        assertThat(ProbationRecord.tail(5, 1)).isBetween(0.00366, 0.02);
    }

    private static @org.jspecify.annotations.Nullable GateFigure run(RandomGenerator random, double rate) {
        ProbationRecord record = new ProbationRecord(PROMISED, 0);
        for (int minute = 0; minute < MINUTES; minute++) {
            for (int entity = 0; entity < ENTITIES; entity++) {
                record.add(score("host-" + entity, minute, random.nextDouble() < rate));
            }
        }
        return record.problem();
    }

    private static Score score(String entity, int minute, boolean isAnomalous) {
        return score(entity, minute, isAnomalous ? 9 : 1, isAnomalous ? Verdict.ANOMALOUS : Verdict.NORMAL);
    }

    private static Score score(String entity, int minute, double score, Verdict verdict) {
        long time = minute * 60_000L;
        return new Score("d", entity, time, time + 1, 0, minute, verdict, null, score, 0.1, 5, List.of(), List.of(), 2);
    }
}
