package dev.noether.flink.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.drift.DriftFinding.Kind;
import dev.noether.schemas.Score;
import dev.noether.schemas.UnscoredReason;
import dev.noether.schemas.Verdict;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lasting change of many entities is a drift; of few, or for a while only, it is not. */
class DriftJudgeTest extends RandomizedTest {
    private static final int ROWS = 60;

    private final DriftJudge judge = new DriftJudge();
    private RandomGenerator random;

    @BeforeEach
    void seed(RandomGenerator generator) {
        random = generator;
    }

    @Test
    void calibratedScoresAreSteady() {
        fill(12, DriftJudge.PARTS, 0, 0, List.of());
        assertThat(judge.judge().kind()).isEqualTo(Kind.STEADY);
    }

    @Test
    void aLastingChangeOfHalfOfTheEntitiesIsADrift() {
        fill(12, 0, 6, 0.6, List.of());
        DriftFinding finding = judge.judge();
        assertThat(finding.kind()).isEqualTo(Kind.DRIFT);
        assertThat(finding.shiftedEntities()).isEqualTo(6);
        assertThat(finding.entities()).isEqualTo(12);
        assertThat(finding.sentence())
                .startsWith("what is normal has changed: the part of the rows with a p-value of at most 0.1 has grown")
                .endsWith("; 6 of 12 entities with enough scores have changed");
    }

    @Test
    void theSameChangeForHalfOfThePeriodIsNone() {
        fill(12, DriftJudge.PARTS / 2, 6, 0.6, List.of());
        assertThat(judge.judge().kind()).isEqualTo(Kind.STEADY);
    }

    @Test
    void aChangeThatHasEndedIsNone() {
        for (int part = 0; part <= DriftJudge.PARTS; part++) {
            add(part, 12, part < DriftJudge.PARTS - 1 ? 12 : 0, 0.8, List.of());
        }
        assertThat(judge.judge().kind()).isEqualTo(Kind.STEADY);
    }

    @Test
    void aLastingChangeOfOneOfTwelveIsAnIncident() {
        fill(12, 0, 1, 0.9, List.of());
        DriftFinding finding = judge.judge();
        assertThat(finding.kind()).isEqualTo(Kind.INCIDENT);
        assertThat(finding.shiftedEntities()).isEqualTo(1);
    }

    @Test
    void ofASingleEntityALastingChangeIsADrift() {
        fillRows(1, 10 * ROWS, 0, 1, 0.5, List.of());
        assertThat(judge.judge().kind()).isEqualTo(Kind.DRIFT);
    }

    @Test
    void manyEntitiesWithFewRowsEachAreJudgedTogether() {
        fillRows(2_000, 1, 0, 1_000, 0.7, List.of());
        assertThat(judge.judge().kind()).isEqualTo(Kind.DRIFT);
    }

    /** A row every five minutes: twelve in each part. */
    @Test
    void entitiesWithThinPartsAreJudgedByThePeriodAsAWhole() {
        fillRows(12, 12, 0, 3, 0.99, List.of());
        DriftFinding finding = judge.judge();
        assertThat(finding.kind()).as(finding.sentence()).isEqualTo(Kind.INCIDENT);
        assertThat(finding.sentence()).endsWith("; 3 of 12 entities with enough scores have changed");
    }

    @Test
    void filledInValuesAreBrokenDataAndNoDrift() {
        fill(12, 0, 12, 0.7, List.of("cpu"));
        assertThat(judge.judge().kind()).isEqualTo(Kind.BROKEN_DATA);
    }

    @Test
    void aModelThatWasUnusualFromTheStartIsItsOwnReference() {
        for (int part = 0; part <= DriftJudge.PARTS; part++) {
            add(part, 12, 12, 0.4, List.of());
        }
        assertThat(judge.judge().kind()).isEqualTo(Kind.STEADY);
    }

    @Test
    void tooFewScoresAreSaid() {
        for (int part = 0; part < DriftJudge.PARTS; part++) {
            add(part, 12, 12, 0.9, List.of());
        }
        assertThat(judge.judge().kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(judge.judge().sentence()).isEqualTo("too few scores: 1 of 7 parts have fewer than 100");
    }

    @Test
    void rowsWithoutAScoreCountNowhere() {
        for (int part = 0; part <= DriftJudge.PARTS; part++) {
            for (int i = 0; i < 500; i++) {
                judge.add(part, Score.unscored("fleet", "host", i, 0, i, UnscoredReason.LATE));
            }
        }
        assertThat(judge.judge().kind()).isEqualTo(Kind.UNKNOWN);
    }

    /** Fills all parts; the entities below {@code changed} are unusual from a part on. */
    private void fill(int entities, int from, int changed, double share, List<String> imputed) {
        fillRows(entities, ROWS, from, changed, share, imputed);
    }

    private void fillRows(int entities, int rows, int from, int changed, double share, List<String> imputed) {
        for (int part = 0; part <= DriftJudge.PARTS; part++) {
            boolean isChanged = part >= from && part < DriftJudge.PARTS;
            addRows(part, entities, rows, isChanged ? changed : 0, share, imputed);
        }
    }

    private void add(int part, int entities, int changed, double share, List<String> imputed) {
        addRows(part, entities, ROWS, changed, share, imputed);
    }

    private void addRows(int part, int entities, int rows, int changed, double share, List<String> imputed) {
        for (int entity = 0; entity < entities; entity++) {
            for (int row = 0; row < rows; row++) {
                boolean isUnusual = entity < changed && random.nextDouble() < share;
                double pValue = isUnusual ? 0.05 * random.nextDouble() : random.nextDouble();
                judge.add(part, score("host-" + entity, row, pValue, isUnusual ? imputed : List.of()));
            }
        }
    }

    static Score score(String entity, long time, double pValue, List<String> imputed) {
        return new Score(
                "fleet", entity, time, time + 1, 0, time, Verdict.NORMAL, null, 1, pValue, 9, List.of(), imputed, 1);
    }
}
