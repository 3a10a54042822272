package dev.noether.model.gradient;

/** The ReLU and its derivative, in loops that become vector instructions. Stateless. */
final class Rectifier {
    private Rectifier() {}

    /** Replaces the first {@code count} values by {@code max(0, value)}; a NaN stays a NaN. */
    static void rectify(float[] values, int count) {
        for (int index = 0; index < count; index++) {
            values[index] = Math.max(0f, values[index]);
        }
    }

    /**
     * Multiplies the first {@code count} deltas by the derivative of the ReLU: by exactly 1 where the activation is
     * positive, even if it is subnormal, and by 0 where it is 0. A comparison would not become vector instructions, and
     * a branch would be mispredicted half of the time.
     */
    static void maskByDerivative(float[] delta, float[] activation, int count) {
        for (int index = 0; index < count; index++) {
            delta[index] *= Math.min(1f, activation[index] * 1e38f * 1e38f);
        }
    }

    /**
     * As {@link #maskByDerivative(float[], float[], int)}, from offsets on. This is slower, because a loop at offsets
     * does not become vector instructions.
     */
    static void maskByDerivative(float[] delta, int offset, float[] activation, int activationOffset, int count) {
        for (int index = 0; index < count; index++) {
            delta[offset + index] *= Math.min(1f, activation[activationOffset + index] * 1e38f * 1e38f);
        }
    }
}
