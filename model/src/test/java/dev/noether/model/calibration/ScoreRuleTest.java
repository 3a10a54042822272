package dev.noether.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ScoreRuleTest {
    @Test
    void theMemoryRanksBelowItsCeilingAndCountsLittleAboveIt() {
        ScoreRule rule = ScoreRule.DEFAULT.withMemoryCeiling(2);
        assertThat(rule.score(3, 1)).isCloseTo(3 + 10 * 1, within(1e-6));
        assertThat(rule.score(3, 2)).isCloseTo(3 + 10 * 2, within(1e-6));
        assertThat(rule.score(3, 6)).isCloseTo(3 + 10 * 2 + 0.5 * 4, within(1e-6));
        // The score does not saturate: at equal memory, the current row determines the order.
        assertThat(rule.score(80, 50)).isGreaterThan(rule.score(79.999, 50));
    }

    @Test
    void theRuleOfFormat1HasNoMemory() {
        assertThat(ScoreRule.FORMAT_1.score(3, 50)).isEqualTo(3);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScoreRule.DEFAULT.withAdaptationRate(Float.NaN))
                .withMessage("`adaptationRate` must be in (0, 1) (got NaN)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScoreRule.DEFAULT.withMemoryCeiling(-1))
                .withMessage("`memoryCeiling` must be in [0, 3.4028235E38] (got -1.0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScoreRule(0.1f, 0.1f, 0, 0, 0, 1, 0, 0, 0))
                .withMessage("`varianceFloor` must be finite and above 0 (got 0.0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScoreRule(0.1f, 0.1f, 1, 0, 0, 0, 0, 0, 0))
                .withMessage("`memoryRate` must be in (0, 1] (got 0.0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScoreRule(0.1f, 0.1f, 1, 0, 2, 1, 0, 0, 0))
                .withMessage("`startingWeight` must be in [0, 1.0] (got 2.0)");
    }
}
