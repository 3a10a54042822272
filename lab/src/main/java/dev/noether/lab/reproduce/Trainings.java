package dev.noether.lab.reproduce;

import dev.noether.lab.data.RowSplit;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Reconstruction;
import dev.noether.model.method.LieFirstOrder;
import dev.noether.model.method.LieSecondOrder;
import dev.noether.model.numeric.PrincipalComponents;
import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.PenaltyOptions;
import dev.noether.model.symmetry.learned.PrincipalComponentsLoss;
import dev.noether.model.symmetry.learned.SelectionOptions;
import dev.noether.model.symmetry.learned.SymmetryFamily;
import dev.noether.model.symmetry.learned.SymmetryReport;
import dev.noether.model.symmetry.learned.SymmetrySelection;
import dev.noether.model.training.AutoencoderTrainer;
import dev.noether.model.training.TrainedAutoencoder;
import dev.noether.model.training.TrainingDivergedException;
import dev.noether.model.training.TrainingOptions;
import dev.noether.model.training.TrainingProgress;
import dev.noether.model.training.TrainingReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does one training of one set, by the protocol. A run of a seed has the same split and the same initial weights for all networks.
 * Not thread-safe: works on the thread of its engine.
 */
final class Trainings {
    /** Curves over epochs are of so many test rows at most, the first ones. */
    static final int CURVE_ROWS = 1000;

    private static final int BATCH = 256;
    /** A symmetry is chosen on so many rows at most. */
    private static final int SELECTION_ROWS = 2000;

    private final Engine engine;
    private final BenchmarkSet set;
    private final Protocol protocol;

    Trainings(Engine engine, BenchmarkSet set, Protocol protocol) {
        this.engine = engine;
        this.set = set;
        this.protocol = protocol;
    }

    /** How much is to be seen of a network beside its error. */
    enum Detail {
        /** Nothing: a trial of the search. */
        NONE,
        /** The test error after each epoch. */
        CURVE,
        /** That, and a look inside. */
        INSIDE
    }

    /**
     * Trains a network.
     *
     * @param epochEnded called after each epoch
     * @throws CancellationException if the thread was interrupted
     */
    RunResult network(
            RunIdentity identity, Competitor competitor, Setting setting, Detail detail, Runnable epochEnded) {
        long start = System.nanoTime();
        RowSplit split = RowSplit.of(set.train(), Protocol.VALIDATION_SHARE, identity.seed());
        TrainingOptions options =
                competitor.trained(options(identity.seed(), setting), setting.strength(), protocol.generators());
        Curve curve = new Curve(detail, epochEnded);
        TrainedAutoencoder trained;
        try {
            trained = new AutoencoderTrainer(engine, options)
                    .train(
                            protocol.shape(set.train().length()),
                            split.kept().values(),
                            split.kept().count(),
                            split.held().values(),
                            split.held().count(),
                            curve);
        } catch (TrainingDivergedException exception) {
            return RunResult.failed(identity, setting, String.valueOf(exception.getMessage()), seconds(start));
        }
        TrainingReport report = trained.report();
        if (report.divergedAttempts() > 1) {
            // One retry is what a run has; the trainer would give it two.
            return RunResult.failed(
                    identity, setting, "diverged twice, the second time at a tenth of the step", seconds(start));
        }
        InsideView inside = detail == Detail.INSIDE ? inside(trained, options) : null;
        return new RunResult(
                identity.key(),
                identity.seed(),
                null,
                report.learningRate(),
                setting.strength(),
                error(trained.autoencoder(), set.test(), set.test().count()),
                report.bestValidationError(),
                report.bestEpoch(),
                report.divergedAttempts(),
                curve.errors(),
                seconds(start),
                inside,
                null,
                detail == Detail.NONE ? null : detection(trained.autoencoder()),
                null);
    }

    /** The paper's way: all epochs are run, and nothing warms up. */
    private TrainingOptions options(long seed, Setting setting) {
        return TrainingOptions.defaults()
                .withEpochs(protocol.epochs())
                .withPatience(protocol.epochs())
                .withBatchSize(protocol.batch())
                .withWarmUpSteps(0)
                .withLearningRate(setting.learningRate())
                .withSeed(seed);
    }

    /** Principal components of all training rows: nothing is chosen, so that nothing is held out. Says what the floor is. */
    RunResult principalComponents(RunIdentity identity) {
        long start = System.nanoTime();
        double error = linearError(set.train());
        String floor = String.format(
                Locale.ROOT,
                "fitted to the test rows themselves it would leave %.4g, the least of any linear map",
                100 * linearError(set.test()));
        return RunResult.untrained(identity, error, seconds(start), floor, linearDetection(set.train()), null);
    }

    /** The same of rows augmented along the symmetry that cross-validation by principal components chose. */
    RunResult augmentedComponents(RunIdentity identity) {
        long start = System.nanoTime();
        SeriesSet train = set.train();
        SelectionOptions chosenFrom =
                SelectionOptions.of(set.series() ? SymmetryFamily.LEARNED_WARP : SymmetryFamily.LEARNED_ROTATION);
        SelectionOptions options = new SelectionOptions(
                chosenFrom.families(),
                chosenFrom.smoothings(),
                chosenFrom.strengths(),
                chosenFrom.folds(),
                identity.seed());
        SymmetrySelection selection = new SymmetrySelection(options, new PrincipalComponentsLoss(Protocol.CODE_SIZE));
        if (train.count() < Math.max(4, options.folds())) {
            return RunResult.untrained(
                    identity, linearError(train), seconds(start), "none: too few rows to choose by", null, null);
        }
        SeriesSet sample = train.count() <= SELECTION_ROWS
                ? train
                : RowSplit.of(train, (double) SELECTION_ROWS / train.count(), identity.seed())
                        .held();
        SymmetryReport report = selection.select(sample);
        SeriesSet augmented = report.flow().isPresent() ? selection.augmented(report, train) : train;
        return RunResult.untrained(
                identity,
                linearError(augmented),
                seconds(start),
                SymmetryWords.of(report),
                linearDetection(augmented),
                null);
    }

    private double linearError(SeriesSet train) {
        PrincipalComponents components =
                PrincipalComponents.fit(train.values(), train.count(), train.length(), Protocol.CODE_SIZE);
        float[] test = set.test().values();
        double sum = 0;
        for (int row = 0; row < set.test().count(); row++) {
            sum += components.reconstructionError(test, row * train.length());
        }
        return sum / set.test().count();
    }

    private @Nullable Double linearDetection(SeriesSet train) {
        LabelledWindows labelled = set.labelled();
        if (labelled == null) {
            return null;
        }
        PrincipalComponents components =
                PrincipalComponents.fit(train.values(), train.count(), train.length(), Protocol.CODE_SIZE);
        float[] values = labelled.rows().values();
        float[] errors = new float[labelled.rows().count()];
        for (int row = 0; row < errors.length; row++) {
            errors[row] = (float) components.reconstructionError(values, row * train.length());
        }
        return labelled.detection(errors);
    }

    private @Nullable Double detection(Autoencoder network) {
        LabelledWindows labelled = set.labelled();
        if (labelled == null) {
            return null;
        }
        SeriesSet rows = labelled.rows();
        return labelled.detection(RowErrors.of(rows, reconstructed(network, rows, rows.count())));
    }

    private InsideView inside(TrainedAutoencoder trained, TrainingOptions options) {
        PenaltyOptions penalty = options.method() instanceof LieFirstOrder first
                ? first.penalty()
                : options.method() instanceof LieSecondOrder second ? second.penalty() : null;
        return new InsideViewer(engine, trained.autoencoder(), set.test())
                .view(trained.generators().orElse(null), penalty, options.method() instanceof LieSecondOrder);
    }

    /** The mean squared error over rows and values. */
    private double error(Autoencoder network, SeriesSet rows, int count) {
        float[] values = rows.values();
        float[] output = reconstructed(network, rows, count);
        double squares = 0;
        for (int index = 0; index < count * rows.length(); index++) {
            double difference = (double) output[index] - values[index];
            squares += difference * difference;
        }
        return squares / count / rows.length();
    }

    private float[] reconstructed(Autoencoder network, SeriesSet rows, int count) {
        int length = rows.length();
        float[] values = rows.values();
        float[] all = new float[count * length];
        float[] batch = new float[BATCH * length];
        float[] output = new float[BATCH * length];
        try (Reconstruction reconstruction = engine.reconstruction(network, BATCH)) {
            for (int row = 0; row < count; row += BATCH) {
                int size = Math.min(BATCH, count - row);
                System.arraycopy(values, row * length, batch, 0, size * length);
                reconstruction.run(batch, size, output);
                System.arraycopy(output, 0, all, row * length, size * length);
            }
        }
        return all;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Follows the test error, and ends the training when the thread is interrupted. */
    private final class Curve implements TrainingProgress {
        private final Detail detail;
        private final Runnable epochEnded;
        private final List<Double> errors = new ArrayList<>();

        Curve(Detail detail, Runnable epochEnded) {
            this.detail = detail;
            this.epochEnded = epochEnded;
        }

        @Override
        public void epochCompleted(int epoch, int of, double trainError, double validationError) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted");
            }
            epochEnded.run();
        }

        @Override
        public void networkAfter(int epoch, Supplier<Autoencoder> network) {
            if (detail == Detail.NONE) {
                return;
            }
            if (epoch == 1) {
                // A second attempt at a smaller step starts over.
                errors.clear();
            }
            errors.add(error(
                    network.get(), set.test(), Math.min(CURVE_ROWS, set.test().count())));
        }

        List<Double> errors() {
            return errors;
        }
    }
}
