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
    private static final long PROBATION = MINUTES * 60_000L;
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
        assertThat(problem.sentence())
                .contains("entities in 7,200 rows within PT1H59M, longer than an outbreak; the budget promises 0.167");
    }

    @Test
    void aLongIncidentOfASingleEntityIsNoProblemOfTheModel() {
        ProbationRecord record = new ProbationRecord(PROMISED, 0, PROBATION);
        for (int minute = 0; minute < MINUTES; minute++) {
            for (int entity = 0; entity < ENTITIES; entity++) {
                record.add(score("host-" + entity, minute, entity < 2 && minute % 15 < 3));
            }
        }
        assertThat(record.problem()).isNull();
    }

    @Test
    void aScoreThatIsNotFiniteIsEnough() {
        ProbationRecord record = new ProbationRecord(PROMISED, 0, PROBATION);
        record.add(score("host-0", 1, false));
        assertThat(record.problem()).isNull();
        record.add(score("host-0", 2, Double.NaN, Verdict.NORMAL));
        assertThat(requireNonNull(record.problem()).sentence()).isEqualTo("1 of 2 scores are not finite numbers");
    }

    @Test
    void suppressedAndUnscoredRowsDoNotCount() {
        ProbationRecord record = new ProbationRecord(PROMISED, 0, PROBATION);
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

    @Test
    void anOutbreakOnManyEntitiesIsNoProblemOfTheModel(RandomGenerator random) {
        int[] withdrawn = new int[3];
        for (int round = 0; round < 200; round++) {
            double share = 0.2 + 0.8 * random.nextDouble();
            int length = 5 + random.nextInt(MINUTES / 4 - 10);
            // It spreads within five minutes. Half of its rows are anomalous.
            withdrawn[0] += outbreak(random, share, 1 + random.nextInt(MINUTES), length, 5) ? 1 : 0;
            // It began before the model took effect.
            withdrawn[1] += outbreak(random, share, -1 - random.nextInt(4), length, 1) ? 1 : 0;
            // Above the budget beside it.
            withdrawn[2] += outbreak(random, share, 30, length, 5, 5 * PROMISED) ? 1 : 0;
        }
        assertThat(withdrawn).containsExactly(0, 0, 0);
    }

    @Test
    void aWrongModelIsToldFromAnOutbreak(RandomGenerator random) {
        for (double rate : new double[] {0.03, 0.1, 0.2, 0.3, 0.5, 1}) {
            int kept = 0;
            for (int round = 0; round < 50; round++) {
                kept += run(random, rate) == null ? 1 : 0;
            }
            assertThat(kept).as("%s of all rows are anomalous", rate).isZero();
        }
        int late = 0;
        for (int round = 0; round < 50; round++) {
            late += outbreak(random, 0.5, 1 + random.nextInt(MINUTES / 2), MINUTES, 5) ? 1 : 0;
        }
        assertThat(late).as("it goes wrong later and stays so").isEqualTo(50);
    }

    @Test
    void aModelThatAlarmsFromItsFirstRowOnIsWithdrawnAtOnce() {
        ProbationRecord record = new ProbationRecord(PROMISED, 0, PROBATION);
        ProbationRecord alarmedBefore = new ProbationRecord(PROMISED, 0, PROBATION);
        for (int entity = 0; entity < ENTITIES; entity++) {
            alarmedBefore.addBefore(score("host-" + entity, -3, true));
            record.add(score("host-" + entity, 0, entity % 4 == 0));
            alarmedBefore.add(score("host-" + entity, 0, entity % 4 == 0));
        }
        assertThat(requireNonNull(record.problem()).sentence())
                .isEqualTo("15 of about 60 entities alarm from the first row on that this model scores; the budget"
                        + " promises 0.00139");
        assertThat(alarmedBefore.problem()).isNull();
    }

    @Test
    void theScoresOfAnAbortedTransactionCountOnce() {
        ProbationRecord record = new ProbationRecord(PROMISED, 0, PROBATION);
        for (int attempt = 0; attempt < 2; attempt++) {
            for (int entity = 0; entity < 4; entity++) {
                record.add(score("host-" + entity, 5, Double.NaN, Verdict.NORMAL));
            }
        }
        assertThat(requireNonNull(record.problem()).sentence()).isEqualTo("4 of 4 scores are not finite numbers");
    }

    private static boolean outbreak(RandomGenerator random, double share, int begin, int length, int spread) {
        return outbreak(random, share, begin, length, spread, 0);
    }

    /** Returns whether the model is withdrawn at any time. An outbreak that begins before minute 0 began before it. */
    private static boolean outbreak(
            RandomGenerator random, double share, int begin, int length, int spread, double rate) {
        ProbationRecord record = new ProbationRecord(PROMISED, 0, PROBATION);
        int[] onset = new int[ENTITIES];
        for (int entity = 0; entity < ENTITIES; entity++) {
            onset[entity] = random.nextDouble() < share ? begin + random.nextInt(spread) : MINUTES;
            if (onset[entity] < 0) {
                record.addBefore(score("host-" + entity, onset[entity], true));
            }
        }
        boolean isWithdrawn = false;
        for (int minute = 0; minute < MINUTES && !isWithdrawn; minute++) {
            for (int entity = 0; entity < ENTITIES; entity++) {
                boolean isIn = minute >= onset[entity] && minute < onset[entity] + length;
                record.add(score("host-" + entity, minute, random.nextDouble() < (isIn ? 0.5 : rate)));
            }
            isWithdrawn = record.problem() != null;
        }
        return isWithdrawn;
    }

    private static @org.jspecify.annotations.Nullable GateFigure run(RandomGenerator random, double rate) {
        ProbationRecord record = new ProbationRecord(PROMISED, 0, PROBATION);
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
        int partition = Integer.parseInt(entity.substring(entity.indexOf('-') + 1));
        return new Score(
                "d", entity, time, time + 1, partition, minute, verdict, null, score, 0.1, 5, List.of(), List.of(), 2);
    }
}
