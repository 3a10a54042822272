package dev.noether.model.method;

import dev.noether.model.gradient.Adam;
import dev.noether.model.gradient.LayerArrays;
import dev.noether.model.symmetry.Generators;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The part of a method in the steps of one training. In each step the trainer calls {@link #input}, computes the
 * reconstruction from it, adds the gradient of the method's penalty, and calls {@link #update}. Allocates nothing per
 * step. Not thread-safe.
 */
public interface MethodStep {

    /**
     * The input from which the network reconstructs the batch.
     *
     * @param batch {@code [rows, inputWidth]}, the target of the reconstruction; a change of it changes the target
     * @return the batch itself, or a matrix of the method, overwritten by the next call
     */
    default float[] input(float[] batch, int rows, RandomGenerator random) {
        return batch;
    }

    /** Largest number of latent points that the decoder computes together with a batch; 0 for none. */
    default int mostLatentRows() {
        return 0;
    }

    /**
     * Draws the latent points of this step.
     *
     * @param codes the codes of the batch, {@code [rows, codeSize]}; receives the points after them
     * @return the number of points; 0 if this step has none
     */
    default int drawLatentPoints(float[] codes, int rows, RandomGenerator random) {
        return 0;
    }

    /**
     * Computes the method's penalty of the decoder at the latent points, and its weighted gradient with respect to the
     * output at them. A step without points writes nothing.
     *
     * @param output output of the decoder, {@code [rows + points, inputWidth]}
     * @param rows number of rows of the batch, which come first
     * @param gradient receives the gradient, in the layout of the output, at the points only
     * @return the penalty without its weight; in a step that does not evaluate it, the penalty of the last evaluation
     */
    default double differentiateAtLatentPoints(float[] output, int rows, float[] gradient) {
        return 0;
    }

    /**
     * Adds the gradient of the method's weighted penalty to {@code gradient}.
     *
     * @param batch {@code [rows, inputWidth]}
     * @param codes the codes of the batch, {@code [rows, codeSize]}
     * @return the penalty: without its weight if it has one, weighted if it has several, 0 if there is none; in a step
     *     that does not evaluate it, the penalty of the last evaluation
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

    /** Updates the method's own parameters along the gradient of the last {@link #differentiate}. */
    default void update(Adam adam) {}

    /** A copy of the current generators, if the method has any. */
    default Optional<Generators> generators() {
        return Optional.empty();
    }
}
