package dev.noether.lab.reproduce.protocol;

import dev.noether.cli.console.BadUseException;
import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.symmetry.GeneratorStructure;

/**
 * How all networks of a reproduction are trained.
 *
 * @param runs how many, each with a seed of its own
 * @param epochs of each training, all of them run
 * @param batch rows in a step
 * @param trials settings that the search tries for each method
 * @param code activation of the code: the paper's is RELU
 * @param generators the form of the Lie group methods' generators: the paper's is FULL
 */
public record Protocol(int runs, int epochs, int batch, int trials, Activation code, GeneratorStructure generators) {
    /** The paper's bottleneck. */
    public static final int CODE_SIZE = 10;
    /** The share of the training rows that the best epoch and the setting are chosen on. */
    public static final double VALIDATION_SHARE = 0.2;
    /** The seed that the search trains with; runs have the seeds from 1, so that none of them is searched on. */
    public static final long SEARCH_SEED = 0;

    /**
     * Checks the ranges.
     *
     * @throws BadUseException if one is out of range
     */
    public Protocol {
        requireBetween("--runs", runs, 1, 1000);
        requireBetween("--epochs", epochs, 1, 100_000);
        requireBetween("--batch", batch, 1, 65_536);
        requireBetween("--trials", trials, 1, HyperparameterSearch.most());
    }

    /** The network for rows of a length. */
    public AutoencoderShape shape(int length) {
        return AutoencoderShape.derive(length, CODE_SIZE).withCodeActivation(code);
    }

    private static void requireBetween(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new BadUseException(option + " must be in [" + least + ", " + most + "] (got " + value + ")");
        }
    }
}
