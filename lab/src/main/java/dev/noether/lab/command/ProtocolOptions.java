package dev.noether.lab.command;

import dev.noether.lab.reproduce.protocol.Protocol;
import dev.noether.model.autoencoder.Activation;
import dev.noether.model.symmetry.GeneratorStructure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code noether reproduce} that determine how each method is trained. */
final class ProtocolOptions {
    private static final int QUICK_RUNS = 2;
    private static final int QUICK_TRIALS = 4;
    private static final int RUNS = 10;
    private static final int TRIALS = 8;

    @Option(names = "--runs", paramLabel = "N", description = "Runs of each method (default: 10, with --quick 2).")
    @Nullable
    Integer runs;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "125",
            description = "Epochs of each training (default: ${DEFAULT-VALUE}).")
    int epochs = 125;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "16",
            description = "Rows in a step (default: ${DEFAULT-VALUE}).")
    int batch = 16;

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "Trials of the hyperparameter search for each method (default: 8, with --quick 4).")
    @Nullable
    Integer trials;

    @Option(
            names = "--code",
            paramLabel = "KIND",
            defaultValue = "RELU",
            description = "Activation of the code: relu as in the paper, or linear (default: ${DEFAULT-VALUE}).")
    Activation code = Activation.RELU;

    @Option(
            names = "--generators",
            paramLabel = "KIND",
            defaultValue = "LOW_RANK",
            description = "Form of the generators of lie1 and lie2: full as in the paper, low_rank, skew_symmetric,"
                    + " diagonal_plus_low_rank (default: ${DEFAULT-VALUE}).")
    GeneratorStructure generators = GeneratorStructure.LOW_RANK;

    /**
     * Returns the training protocol.
     *
     * @param quick whether the defaults of {@code --quick} apply
     */
    Protocol protocol(boolean quick) {
        int defaultRuns = quick ? QUICK_RUNS : RUNS;
        int defaultTrials = quick ? QUICK_TRIALS : TRIALS;
        return new Protocol(
                runs == null ? defaultRuns : runs,
                epochs,
                batch,
                trials == null ? defaultTrials : trials,
                code,
                generators);
    }
}
