package dev.noether.cli.demo;

import static dev.noether.cli.TestingOutcomes.scored;
import static dev.noether.cli.TestingOutcomes.unscored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.verify.DeliveryLog;
import dev.noether.schemas.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveScoresTest {
    private final DeliveryLog deliveries = new DeliveryLog();
    private final LiveScores scores = new LiveScores(deliveries, 3);

    @BeforeEach
    void deliverThreeRows() {
        deliveries.add(0, 10, 0, 1);
        deliveries.add(1, 20, 1, 2);
        deliveries.add(0, 11, 2, 3);
    }

    @Test
    void aScoreBelongsToTheRowOfItsObservation() {
        scores.add(scored(0, 11, 7, Verdict.ANOMALOUS, 2.5));
        scores.add(scored(1, 20, 6, Verdict.NORMAL, 0.5));

        assertThat(scores.score(2)).isEqualTo(2.5f);
        assertThat(scores.isAnomalous(2)).isTrue();
        assertThat(scores.modelVersion(2)).isEqualTo(7);
        assertThat(scores.score(1)).isEqualTo(0.5f);
        assertThat(scores.isAnomalous(1)).isFalse();
        assertThat(scores.modelVersion(1)).isEqualTo(6);
    }

    @Test
    void aRowWithoutAScoreIsNaN() {
        scores.add(unscored(0, 10));

        assertThat(scores.score(0)).isNaN();
        assertThat(scores.isAnomalous(0)).isFalse();
    }

    @Test
    void scoresOfOtherObservationsAreIgnored() {
        scores.add(scored(0, 9, 1, Verdict.ANOMALOUS));
        scores.add(scored(5, 0, 1, Verdict.ANOMALOUS));
        deliveries.add(0, 12, 3, 4);
        scores.add(scored(0, 12, 1, Verdict.ANOMALOUS));

        for (int row = 0; row < scores.rows(); row++) {
            assertThat(scores.score(row)).isNaN();
            assertThat(scores.isAnomalous(row)).isFalse();
        }
    }
}
