package dev.noether.model.training;

import static java.util.Objects.requireNonNull;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.symmetry.Generators;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains autoencoders to reconstruct windows. The loss is the mean squared error over windows and columns, plus the
 * term of the training method. The optimiser is Adam on shuffled mini-batches, with early stopping on validation
 * windows.
 *
 * <p>The result has the parameters with the smallest validation error, which may be the initial ones. If the loss
 * becomes infinite or NaN, training restarts at a tenth of the learning rate, at most twice. The same engine, options
 * and windows produce the same bits on the same machine.
 *
 * <p>Not thread-safe: a trainer works on the thread of its engine.
 */
public final class AutoencoderTrainer {
    private static final Logger LOG = LoggerFactory.getLogger(AutoencoderTrainer.class);
    private static final int MOST_ATTEMPTS = 3;

    private final Engine engine;
    private final TrainingOptions options;

    /** Makes a trainer. */
    public AutoencoderTrainer(Engine engine, TrainingOptions options) {
        this.engine = requireNonNull(engine, "engine");
        this.options = requireNonNull(options, "options");
    }

    /**
     * Trains a new network of a shape, initialised from the options' seed.
     *
     * @param shape widths of the layers
     * @param train training windows, row-major {@code [trainCount, shape.inputWidth()]}, may be longer; only read
     * @param validation windows for early stopping, {@code [validationCount, shape.inputWidth()]}
     * @param progress notified after each epoch
     * @throws IllegalArgumentException if there are no training or validation windows, an array is too short, or a
     *     value is not finite
     * @throws TrainingDivergedException if no attempt stayed finite
     */
    public TrainedAutoencoder train(
            AutoencoderShape shape,
            float[] train,
            int trainCount,
            float[] validation,
            int validationCount,
            TrainingProgress progress) {
        // A separate random stream: initial parameters do not depend on how many numbers the training draws.
        Autoencoder initial = Autoencoder.initialised(shape, new SplittableRandom(~options.seed()));
        return train(initial, train, trainCount, validation, validationCount, progress);
    }

    /**
     * Continues to train a network; returns it unchanged if no epoch improves it. Otherwise as {@link
     * #train(AutoencoderShape, float[], int, float[], int, TrainingProgress)}.
     */
    public TrainedAutoencoder train(
            Autoencoder initial,
            float[] train,
            int trainCount,
            float[] validation,
            int validationCount,
            TrainingProgress progress) {
        if (!initial.allFinite()) {
            throw new IllegalArgumentException("`initial` must have finite parameters");
        }
        int width = initial.shape().inputWidth();
        BatchSource validationWindows = BatchSource.checked("validation", validation, validationCount, width);
        long start = System.nanoTime();
        double learningRate = options.learningRate();
        for (int diverged = 0; diverged < MOST_ATTEMPTS; diverged++) {
            // Each attempt starts from the original order, so that it equals a first attempt at its learning rate.
            BatchSource trainWindows = BatchSource.checked("training", train, trainCount, width);
            TrainingAttempt attempt = new TrainingAttempt(engine, initial, options, learningRate, validationCount);
            Optional<TrainedAutoencoder> trained =
                    run(attempt, trainWindows, validationWindows, progress, learningRate, diverged, start);
            if (trained.isPresent()) {
                return trained.get();
            }
            LOG.info("Training {} diverged at learning rate {}", initial, learningRate);
            learningRate /= 10;
        }
        throw new TrainingDivergedException(
                ("training of %s on %d windows diverged at learning rates from %s down to %s;"
                                + " check that the windows are scaled")
                        .formatted(initial, trainCount, options.learningRate(), learningRate * 10));
    }

    /** Runs one attempt; empty if it diverged. */
    private Optional<TrainedAutoencoder> run(
            TrainingAttempt attempt,
            BatchSource train,
            BatchSource validation,
            TrainingProgress progress,
            double learningRate,
            int divergedAttempts,
            long start) {
        double initialError = attempt.validate(validation);
        // Any finite error is better than that of an initial network that overflows.
        double bestError = Double.isFinite(initialError) ? initialError : Double.POSITIVE_INFINITY;
        int bestEpoch = 0;
        Autoencoder best = attempt.autoencoder();
        Optional<Generators> bestGenerators = attempt.generators();
        List<EpochReport> epochs = new ArrayList<>();
        for (int epoch = 1; epoch <= options.epochs() && epoch - bestEpoch <= options.patience(); epoch++) {
            double trainError = attempt.epoch(train);
            double validationError = attempt.validate(validation);
            if (!Double.isFinite(trainError) || !Double.isFinite(validationError)) {
                return Optional.empty();
            }
            epochs.add(new EpochReport(trainError, attempt.penalty(), validationError));
            progress.epochCompleted(epoch, options.epochs(), trainError, validationError);
            progress.networkAfter(epoch, attempt::autoencoder);
            if (validationError < bestError) {
                bestError = validationError;
                bestEpoch = epoch;
                best = attempt.autoencoder();
                bestGenerators = attempt.generators();
            }
        }
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        return Optional.of(new TrainedAutoencoder(
                best,
                bestGenerators,
                new TrainingReport(
                        initialError,
                        epochs,
                        bestEpoch,
                        bestError,
                        attempt.steps(),
                        learningRate,
                        divergedAttempts,
                        duration)));
    }
}
