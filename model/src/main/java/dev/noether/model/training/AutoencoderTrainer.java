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
 * Trains autoencoders to reconstruct windows: mean squared error over windows and columns, plus what the method
 * of the options adds, by Adam on shuffled mini-batches, stopped early on windows held out.
 *
 * <p>The parameters with the smallest validation error are returned, be they the initial ones. A loss that is no longer
 * finite starts training over at a tenth of the learning rate, twice at most. The same engine, options and windows give the
 * same bits on the same machine.
 *
 * <p>Not thread-safe: a trainer works on the thread of its engine.
 */
public final class AutoencoderTrainer {
    private static final Logger LOG = LoggerFactory.getLogger(AutoencoderTrainer.class);
    private static final int MOST_ATTEMPTS = 3;

    private final Engine engine;
    private final TrainingOptions options;

    /** A trainer with options. */
    public AutoencoderTrainer(Engine engine, TrainingOptions options) {
        this.engine = requireNonNull(engine, "engine");
        this.options = requireNonNull(options, "options");
    }

    /**
     * Trains a new network of a shape, initialised from the options' seed.
     *
     * @param train training windows, row-major {@code [trainCount, shape.inputWidth()]}, may be longer; only read
     * @param validation windows that take no part in training, {@code [validationCount, shape.inputWidth()]}
     * @throws IllegalArgumentException if there are no windows of a kind, an array is too short, or a value is not finite
     * @throws TrainingDivergedException if no attempt stayed finite
     */
    public TrainedAutoencoder train(
            AutoencoderShape shape,
            float[] train,
            int trainCount,
            float[] validation,
            int validationCount,
            TrainingProgress progress) {
        // Its own stream: the initial parameters do not depend on how many numbers the training draws.
        Autoencoder initial = Autoencoder.initialised(shape, new SplittableRandom(~options.seed()));
        return train(initial, train, trainCount, validation, validationCount, progress);
    }

    /** Trains on from a network that exists, which is kept if no epoch improves on it. Otherwise as the other method. */
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
        TrainingWindows validationWindows = TrainingWindows.checked("validation", validation, validationCount, width);
        long start = System.nanoTime();
        double learningRate = options.learningRate();
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            // Each attempt starts from the windows' own order, so that it is what a first one at its rate would be.
            TrainingWindows trainWindows = TrainingWindows.checked("training", train, trainCount, width);
            TrainingAttempt run = new TrainingAttempt(engine, initial, options, learningRate, validationCount);
            Optional<TrainedAutoencoder> trained =
                    attempt(run, trainWindows, validationWindows, progress, learningRate, attempt, start);
            if (trained.isPresent()) {
                return trained.get();
            }
            LOG.info("Training {} diverged at learning rate {}", initial, learningRate);
            learningRate /= 10;
        }
        throw new TrainingDivergedException(
                "training %s on %d windows diverged at learning rates %s down to %s; are the windows scaled?"
                        .formatted(initial, trainCount, options.learningRate(), learningRate * 10));
    }

    /** Trains once; empty if it diverged. */
    private Optional<TrainedAutoencoder> attempt(
            TrainingAttempt run,
            TrainingWindows train,
            TrainingWindows validation,
            TrainingProgress progress,
            double learningRate,
            int divergedAttempts,
            long start) {
        double initialError = run.validate(validation);
        // An initial network that overflows is worse than any other.
        double bestError = Double.isFinite(initialError) ? initialError : Double.POSITIVE_INFINITY;
        int bestEpoch = 0;
        Autoencoder best = run.autoencoder();
        Optional<Generators> bestGenerators = run.generators();
        List<EpochReport> epochs = new ArrayList<>();
        for (int epoch = 1; epoch <= options.epochs() && epoch - bestEpoch <= options.patience(); epoch++) {
            double trainError = run.epoch(train);
            double validationError = run.validate(validation);
            if (!Double.isFinite(trainError) || !Double.isFinite(validationError)) {
                return Optional.empty();
            }
            epochs.add(new EpochReport(trainError, run.penalty(), validationError));
            progress.epochCompleted(epoch, options.epochs(), trainError, validationError);
            progress.networkAfter(epoch, run::autoencoder);
            if (validationError < bestError) {
                bestError = validationError;
                bestEpoch = epoch;
                best = run.autoencoder();
                bestGenerators = run.generators();
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
                        run.steps(),
                        learningRate,
                        divergedAttempts,
                        duration)));
    }
}
