package dev.noether.model.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class LinearBaseTest {
    private static final float[] MEAN = {1, 2, 3};
    private static final float[] COMPONENTS = {1, 0, 0, 1, 0, 0};
    private static final float[] SCALES = {2, 4};

    @Test
    void returnsTheMatricesOfItsTwoMaps() {
        LinearBase base = new LinearBase(MEAN, COMPONENTS, SCALES, 0.5f);
        assertThat(base.encoderWeights()).containsExactly(0.5f, 0, 0, 0.25f, 0, 0);
        assertThat(base.encoderBiases()).containsExactly(-0.5f, -0.5f);
        assertThat(base.decoderWeights()).containsExactly(2, 0, 0, 0, 4, 0);
    }

    @Test
    void isEqualBitForBit() {
        float[] mean = MEAN.clone();
        LinearBase base = new LinearBase(mean, COMPONENTS, SCALES, 0.5f);
        mean[0] = 7;
        base.mean()[1] = 7;
        base.components()[1] = 7;
        base.scales()[1] = 7;
        assertThat(base)
                .isEqualTo(new LinearBase(MEAN, COMPONENTS, SCALES, 0.5f))
                .hasSameHashCodeAs(new LinearBase(MEAN, COMPONENTS, SCALES, 0.5f))
                .isNotEqualTo(new LinearBase(mean, COMPONENTS, SCALES, 0.5f));
    }

    @Test
    void refusesInvalidArguments() {
        assertRefused(
                MEAN,
                new float[5],
                SCALES,
                1,
                "`components` must hold `mean` × `scales` values, at least one (got 5 for 3 × 2)");
        assertRefused(MEAN, COMPONENTS, new float[] {1, 0}, 1, "`scales` must be above 0 (got 0.0)");
        assertRefused(MEAN, COMPONENTS, SCALES, -1, "`residualScale` must be finite and at least 0 (got -1.0)");
        assertRefused(new float[] {1, Float.NaN, 3}, COMPONENTS, SCALES, 1, "`mean` must be finite (got NaN)");
    }

    private static void assertRefused(
            float[] mean, float[] components, float[] scales, float residualScale, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LinearBase(mean, components, scales, residualScale))
                .withMessage(message);
    }
}
