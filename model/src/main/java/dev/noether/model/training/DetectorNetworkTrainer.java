package dev.noether.model.training;

import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.feature.Scaling;

/**
 * Trains the network of a detector on the training part of a history, stops it by the validation part, and decides
 * whether the detector uses the learned part of the network.
 *
 * <p>Not thread safe; belongs to the thread of its engine.
 */
final class DetectorNetworkTrainer {
    private final Engine engine;
    private final DetectorOptions options;
    private final int features;

    /**
     * Makes a trainer.
     *
     * @param features values in a row
     */
    DetectorNetworkTrainer(Engine engine, DetectorOptions options, int features) {
        this.engine = engine;
        this.options = options;
        this.features = features;
    }

    /**
     * Trains.
     *
     * @throws HistoryPartEmptyException if the training or the validation part has no window
     */
    DetectorNetwork train(HistorySplit split, TrainingProgress progress) {
        int windowRows = options.network().windowRows();
        float[] rows = split.trainingRows();
        Scaling scaling = Scaling.fit(options.scaling(), rows, rows.length / features, features, split.origin());
        WindowSet train = split.training(scaling, windowRows);
        WindowSet validation = split.validation(scaling, windowRows);
        if (train.count() == 0 || validation.count() == 0) {
            throw new HistoryPartEmptyException("the history has " + train.count() + " windows of " + windowRows
                    + " rows for training and " + validation.count() + " for validation; each needs at least one");
        }
        long seed = options.training().seed();
        AutoencoderShape shape = options.network().shape(features);
        WindowSymmetry.Chosen chosen =
                options.symmetry().choose(train.windows(), train.count(), shape.inputWidth(), shape.codeSize(), seed);
        TrainedAutoencoder trained = new AutoencoderTrainer(engine, options.training())
                .train(
                        new NetworkInitialiser(options.network(), features, seed).initial(train),
                        chosen.windows().clone(),
                        chosen.count(),
                        validation.windows(),
                        validation.count(),
                        progress);
        LearnedPartDecision decision =
                LearnedPartDecision.of(engine, trained.autoencoder(), features, train, validation, seed);
        return new DetectorNetwork(scaling, train, validation, chosen.words(), trained, decision);
    }
}
