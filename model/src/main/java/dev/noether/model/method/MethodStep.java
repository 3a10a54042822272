package dev.noether.model.method;

import dev.noether.model.gradient.Adam;
import dev.noether.model.gradient.LayerArrays;
import dev.noether.model.symmetry.Generators;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A method at work in one training. Each step asks it for the input, reconstructs the batch from that, then has it add its
 * gradient, and lets it move what it has learned. Allocates nothing per step. Not thread-safe.
 */
public interface MethodStep {

    /**
     * What the network is to reconstruct the batch from.
     *
     * @param batch {@code [rows, inputWidth]}; what is written into it moves the target of the reconstruction along
     * @return the batch itself, or a matrix of the method's own, overwritten by the next call
     */
    default float[] input(float[] batch, int rows, RandomGenerator random) {
        return batch;
    }

    /** Most points of the latent space that the decoder is to run along with a batch; 0 for none. */
    default int mostLatentRows() {
        return 0;
    }

    /**
     * Draws the points of this step.
     *
     * @param codes of the batch, {@code [rows, codeSize]}; receives the points behind them
     * @return how many, 0 if this step has none
     */
    default int drawLatentPoints(float[] codes, int rows, RandomGenerator random) {
        return 0;
    }

    /**
     * The method's penalty of the decoder at these points, and its weighted gradient there. Where this step has none, nothing
     * is written.
     *
     * @param output of the decoder, {@code [rows + points, inputWidth]}
     * @param rows those of the batch, which come first
     * @param gradient receives the gradient at the points, in the place of their output
     * @return the penalty without its weight; in a step that does not evaluate it, that of the last which did
     */
    default double differentiateAtLatentPoints(float[] output, int rows, float[] gradient) {
        return 0;
    }

    /**
     * Adds the gradient of the method's weighted penalty to {@code gradient}.
     *
     * @param batch {@code [rows, inputWidth]}
     * @param codes of the batch, {@code [rows, codeSize]}
     * @return the penalty: without its weight if it has one, weighted if it has several; 0 if there is none; in a step that does
     *     not evaluate it, that of the last which did
     */
    default double differentiate(
            LayerArrays parameters,
            float[] batch,
            float[] codes,
            int rows,
            RandomGenerator random,
            LayerArrays gradient) {
        return 0;
    }

    /** Moves the method's own parameters along the gradient of the last {@link #differentiate}. */
    default void update(Adam adam) {}

    /** A copy of the generators learned so far, if the method learns any. */
    default Optional<Generators> generators() {
        return Optional.empty();
    }
}
