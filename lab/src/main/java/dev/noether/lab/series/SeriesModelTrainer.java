package dev.noether.lab.series;

import static java.util.Objects.requireNonNull;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.engine.Engine;
import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.learned.SymmetryCandidate;
import dev.noether.model.symmetry.learned.SymmetryFlow;
import dev.noether.model.symmetry.learned.SymmetryReport;
import dev.noether.model.training.TrainingDivergedException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits the default model for series. It chooses a symmetry, or none, and the number of epochs by validation on held-out
 * series, then trains on all series for this number of epochs.
 *
 * <p>Series may have any length and any unit, and may be constant. With fewer than {@value #FEWEST_SERIES} series none
 * is held out, and the model is the principal components. The code is at most as wide as the series are long; code
 * units beyond the span of the series start at 0. If the parameters do not stay finite, the training is repeated once
 * at a tenth of the learning rate.
 *
 * <p>The same engine, options, series and seed result in the same bits on the same machine. Not thread-safe: a trainer
 * works on the thread of its engine.
 */
public final class SeriesModelTrainer {
    static final int FEWEST_SERIES = 8;

    private static final Logger LOG = LoggerFactory.getLogger(SeriesModelTrainer.class);
    private static final double SMALLER_RATE = 0.1;

    private final Engine engine;
    private final SeriesModelOptions options;

    /** Makes a trainer. */
    public SeriesModelTrainer(Engine engine, SeriesModelOptions options) {
        this.engine = requireNonNull(engine, "engine");
        this.options = requireNonNull(options, "options");
    }

    /**
     * Fits a model.
     *
     * @param train the training series
     * @param seed seed of all random numbers
     * @throws TrainingDivergedException if training did not stay finite at the smaller learning rate either
     */
    public SeriesModel fit(SeriesSet train, long seed, SeriesProgress progress) {
        Optional<SeriesModel> model = attempt(options, train, seed, progress);
        if (model.isEmpty()) {
            SeriesModelOptions smaller = options.withLearningRate(SMALLER_RATE * options.learningRate());
            LOG.info(
                    "Training on {} series diverged. It is repeated at learning rate {}.",
                    train.count(),
                    smaller.learningRate());
            model = attempt(smaller, train, seed, progress);
        }
        return model.orElseThrow(() ->
                new TrainingDivergedException("training on %d series of length %d diverged at learning rates %s and %s"
                        .formatted(
                                train.count(),
                                train.length(),
                                options.learningRate(),
                                SMALLER_RATE * options.learningRate())));
    }

    /** Returns empty if the training without a symmetry or the final training did not stay finite. */
    private Optional<SeriesModel> attempt(
            SeriesModelOptions attempted, SeriesSet train, long seed, SeriesProgress progress) {
        try {
            return attemptFinite(attempted, train, seed, progress);
        } catch (TrainingDivergedException diverged) {
            LOG.info("Training on {} series diverged: {}.", train.count(), diverged.getMessage());
            return Optional.empty();
        }
    }

    private Optional<SeriesModel> attemptFinite(
            SeriesModelOptions attempted, SeriesSet train, long seed, SeriesProgress progress) {
        if (train.count() < FEWEST_SERIES) {
            SymmetryReport none = new SymmetryReport(Optional.empty(), Optional.empty(), List.of(), List.of());
            return refit(attempted, train, null, 0, 1, seed, progress)
                    .map(network -> new SeriesModel(engine, network, none, List.of(), 1));
        }
        SymmetrySearch.Finding finding = new SymmetrySearch(engine, attempted, train, seed, progress).run();
        if (!finding.none().allFinite()) {
            return Optional.empty();
        }
        Optional<SymmetryFlow> flow = finding.chosen().map(candidate -> flow(candidate, train));
        SymmetryReport symmetry =
                new SymmetryReport(finding.chosen(), flow, finding.none().foldErrors(), finding.trials());
        int best = finding.curve().bestEpoch();
        double share = finding.curve().bestShare();
        LOG.info(
                "Series of length {}: symmetry {}, {} epochs, share of the learned layers {}.",
                train.length(),
                symmetry.chosen(),
                best,
                share);
        return refit(attempted, train, flow.orElse(null), best, share, seed, progress)
                .map(network -> new SeriesModel(
                        engine, network, symmetry, finding.curve().reports(), share));
    }

    private static SymmetryFlow flow(SymmetryCandidate chosen, SeriesSet train) {
        return chosen.family().learn(train, chosen.smoothing()).scaled(chosen.strength());
    }

    private Optional<Autoencoder> refit(
            SeriesModelOptions attempted,
            SeriesSet train,
            @Nullable SymmetryFlow flow,
            int epochs,
            double share,
            long seed,
            SeriesProgress progress) {
        OrbitSampler source = new OrbitSampler(train, flow, seed + 1);
        OrbitTraining training = new OrbitTraining(engine, attempted, source, attempted.epochs());
        EpochCounter count = new EpochCounter(SeriesProgress.Stage.TRAINING, epochs, progress);
        for (int epoch = 0; epoch < epochs; epoch++) {
            double error = training.epoch();
            if (!Double.isFinite(error)) {
                return Optional.empty();
            }
            count.completed(error);
        }
        return Optional.of(training.network(share)).filter(Autoencoder::allFinite);
    }
}
