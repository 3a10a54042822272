package dev.noether.model.gradient;

import dev.noether.model.autoencoder.LinearBase;
import dev.noether.model.engine.Engine;

/**
 * The contributions of a {@link LinearBase} with E, e, F, μ and ρ to the forward and the backward pass. The base itself
 * is frozen and has no gradient. Allocates nothing per call. Not thread-safe.
 */
final class LinearPart {
    private final Engine engine;
    private final int width;
    private final int codeSize;
    private final float[] encoderWeights;
    private final float[] encoderBiases;
    private final float[] decoderWeights;
    private final float[] mean;
    private final float residualScale;

    LinearPart(Engine engine, LinearBase base) {
        this.engine = engine;
        this.width = base.width();
        this.codeSize = base.codeSize();
        this.encoderWeights = base.encoderWeights();
        this.encoderBiases = base.encoderBiases();
        this.decoderWeights = base.decoderWeights();
        this.mean = base.mean();
        this.residualScale = base.residualScale();
    }

    /** ρ, the factor of the decoder's layers. */
    float residualScale() {
        return residualScale;
    }

    /** Adds e to the biases of the code layer, {@code [codeSize]}. */
    void addCodeBiases(float[] biases) {
        for (int unit = 0; unit < codeSize; unit++) {
            biases[unit] += encoderBiases[unit];
        }
    }

    /** Multiplies the biases of the last layer, {@code [width]}, by ρ and adds μ. */
    void addOutputBiases(float[] biases) {
        for (int unit = 0; unit < width; unit++) {
            biases[unit] = residualScale * biases[unit] + mean[unit];
        }
    }

    /** Adds {@code x · E} to the code, {@code [rows, codeSize]}. */
    void addCode(float[] input, int rows, float[] code) {
        engine.multiply(false, false, rows, codeSize, width, 1, input, encoderWeights, 1, code);
    }

    /** Adds {@code z · F} to the reconstruction, {@code [rows, width]}. */
    void addOutput(float[] code, int rows, float[] output) {
        engine.multiply(false, false, rows, width, codeSize, 1, code, decoderWeights, 1, output);
    }

    /** Adds {@code ∂D · Fᵀ} to the gradient with respect to the code, {@code [rows, codeSize]}. */
    void addCodeGradient(float[] outputGradient, int rows, float[] codeGradient) {
        engine.multiply(false, true, rows, codeSize, width, 1, outputGradient, decoderWeights, 1, codeGradient);
    }
}
