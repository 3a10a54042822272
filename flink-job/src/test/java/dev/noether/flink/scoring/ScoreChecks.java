package dev.noether.flink.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.schemas.Contribution;
import dev.noether.schemas.Score;

/** What holds of each score that is one. */
final class ScoreChecks {
    private ScoreChecks() {}

    /** No number of it is NaN, and none infinite but for the threshold of a model that raises no alarms. */
    static void assertFinite(Score score) {
        boolean finite = Double.isFinite(score.score())
                && Double.isFinite(score.alarmScore())
                && score.pValue() > 0
                && score.pValue() <= 1
                && !Double.isNaN(score.threshold());
        for (Contribution contribution : score.contributions()) {
            finite &= Float.isFinite(contribution.share())
                    && Float.isFinite(contribution.observed())
                    && Float.isFinite(contribution.expected());
        }
        assertThat(finite).as(() -> "numbers of " + score).isTrue();
    }
}
