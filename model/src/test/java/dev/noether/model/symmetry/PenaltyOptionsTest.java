package dev.noether.model.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class PenaltyOptionsTest {

    @Test
    void hasDefaultsForAllButTheWeight() {
        PenaltyOptions options = PenaltyOptions.weighted(0.1);
        assertThat(options).isEqualTo(new PenaltyOptions(0.1, GeneratorStructure.LOW_RANK, 4, 0.3, 1e-3, 4, 2));
        assertThat(options.withStructure(GeneratorStructure.FULL)
                        .withRank(2)
                        .withSamples(16)
                        .withInterval(1))
                .isEqualTo(new PenaltyOptions(0.1, GeneratorStructure.FULL, 2, 0.3, 1e-3, 16, 1));
    }

    @Test
    void refusesInvalidArguments() {
        assertRefused(-1, 4, 0.3, 1e-3, 16, "`weight` must be finite and above 0 (got -1.0)");
        assertRefused(0, 4, 0.3, 1e-3, 16, "`weight` must be finite and above 0 (got 0.0)");
        assertRefused(Double.NaN, 4, 0.3, 1e-3, 16, "`weight` must be finite and above 0 (got NaN)");
        assertRefused(1, 0, 0.3, 1e-3, 16, "`rank` must be at least 1 (got 0)");
        assertRefused(1, 4, 0, 1e-3, 16, "`radius` must be finite and above 0 (got 0.0)");
        assertRefused(1, 4, 0.3, 0, 16, "`ridge` must be in (0, 1] (got 0.0)");
        assertRefused(1, 4, 0.3, Double.NaN, 16, "`ridge` must be in (0, 1] (got NaN)");
        assertRefused(1, 4, 0.3, 1e-3, 0, "`samples` must be at least 1 (got 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PenaltyOptions.weighted(1).withInterval(0))
                .withMessage("`interval` must be at least 1 (got 0)");
    }

    private static void assertRefused(
            double weight, int rank, double radius, double ridge, int samples, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PenaltyOptions(weight, GeneratorStructure.FULL, rank, radius, ridge, samples, 1))
                .withMessage(message);
    }
}
