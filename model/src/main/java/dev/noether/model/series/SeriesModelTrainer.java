package dev.noether.model.series;

import static java.util.Objects.requireNonNull;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.data.SeriesSet;
import dev.noether.model.engine.Engine;
import dev.noether.model.symmetry.learned.SymmetryReport;
import dev.noether.model.training.Architecture;
import dev.noether.model.training.AutoencoderTrainer;
import dev.noether.model.training.TrainedAutoencoder;
import dev.noether.model.training.TrainingOptions;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Fits the default model for series. Not thread-safe: a trainer works on the thread of its engine.
 *
 * <p>The same engine, options, series and seed give the same bits on the same machine.
 */
public final class SeriesModelTrainer {
    private final Engine engine;
    private final SeriesModelOptions options;

    /** A trainer with options. */
    public SeriesModelTrainer(Engine engine, SeriesModelOptions options) {
        this.engine = requireNonNull(engine, "engine");
        this.options = requireNonNull(options, "options");
    }

    /**
     * Fits a model.
     *
     * @param train the training series
     * @param seed of everything that is drawn at random
     */
    public SeriesModel fit(SeriesSet train, long seed, SeriesProgress progress) {
        AutoencoderShape shape = AutoencoderShape.derive(train.length(), options.codeSize());
        Autoencoder initial =
                Architecture.PCA_RESIDUAL.initial(shape, train.values(), train.count(), new SplittableRandom(~seed));
        TrainingOptions training = TrainingOptions.defaults()
                .withEpochs(options.epochs())
                .withBatchSize(options.batchSize())
                .withSeed(seed);
        TrainedAutoencoder trained = new AutoencoderTrainer(engine, training)
                .train(
                        initial,
                        train.values(),
                        train.count(),
                        train.values(),
                        train.count(),
                        (epoch, of, trainError, validationError) ->
                                progress.completed(SeriesProgress.Stage.TRAINING, epoch, of, trainError));
        SymmetryReport none = new SymmetryReport(Optional.empty(), Optional.empty(), List.of(), List.of());
        return new SeriesModel(
                engine, trained.autoencoder(), none, trained.report().epochs());
    }
}
