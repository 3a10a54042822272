package dev.noether.lab.reproduce.run;

import dev.noether.lab.data.RowSplit;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.protocol.Hyperparameters;
import dev.noether.lab.reproduce.protocol.Protocol;
import dev.noether.lab.reproduce.run.RunResult.Course;
import dev.noether.lab.reproduce.run.RunResult.Errors;
import dev.noether.lab.reproduce.run.RunResult.Findings;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import dev.noether.lab.reproduce.set.DetectionTestSet;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.engine.Engine;
import dev.noether.model.method.LieFirstOrder;
import dev.noether.model.method.LieSecondOrder;
import dev.noether.model.symmetry.PenaltyOptions;
import dev.noether.model.training.AutoencoderTrainer;
import dev.noether.model.training.TrainedAutoencoder;
import dev.noether.model.training.TrainingDivergedException;
import dev.noether.model.training.TrainingOptions;
import dev.noether.model.training.TrainingProgress;
import dev.noether.model.training.TrainingReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network on a set by the protocol. All networks of one seed have the same split and the same initial weights.
 * Not thread-safe: works on the thread of its engine.
 */
final class NetworkTrainer {
    private final Engine engine;
    private final BenchmarkSet set;
    private final Protocol protocol;

    NetworkTrainer(Engine engine, BenchmarkSet set, Protocol protocol) {
        this.engine = engine;
        this.set = set;
        this.protocol = protocol;
    }

    /** What is recorded of a training beside its errors. */
    enum Detail {
        /** Nothing: a trial of the search. */
        NONE,
        /** The test error after each epoch. */
        CURVE,
        /** The test error after each epoch, and an inspection of the network. */
        INSPECTION
    }

    /**
     * Trains a network.
     *
     * @param epochEnded called after each epoch
     * @throws CancellationException if the thread was interrupted
     */
    RunResult train(
            RunIdentity identity,
            ComparedMethod method,
            Hyperparameters hyperparameters,
            Detail detail,
            Runnable epochEnded) {
        long start = System.nanoTime();
        RowSplit split = RowSplit.of(set.train(), Protocol.VALIDATION_SHARE, identity.seed());
        TrainingOptions options = method.trainingOptions(
                options(identity.seed(), hyperparameters), hyperparameters.strength(), protocol.generators());
        TestCurve curve = new TestCurve(detail, epochEnded);
        TrainedAutoencoder trained;
        try {
            trained = new AutoencoderTrainer(engine, options)
                    .train(
                            protocol.shape(set.train().length()),
                            split.remainder().values(),
                            split.remainder().count(),
                            split.sample().values(),
                            split.sample().count(),
                            curve);
        } catch (TrainingDivergedException exception) {
            return RunResult.failed(identity, hyperparameters, String.valueOf(exception.getMessage()), seconds(start));
        }
        TrainingReport report = trained.report();
        if (report.divergedAttempts() > 1) {
            // The protocol allows one retry; the trainer would make two.
            return RunResult.failed(
                    identity,
                    hyperparameters,
                    "diverged twice, the second time at a tenth of the step",
                    seconds(start));
        }
        NetworkInspection inspection = detail == Detail.INSPECTION ? inspection(trained, options) : null;
        double testError = ReconstructionErrors.mean(
                engine, trained.autoencoder(), set.test(), set.test().count());
        double seconds = seconds(start);
        Double detection = detail == Detail.NONE ? null : detection(trained.autoencoder());
        return new RunResult(
                identity.key(),
                identity.seed(),
                seconds,
                null,
                new Hyperparameters(report.learningRate(), hyperparameters.strength()),
                new Errors(testError, report.bestValidationError(), detection),
                new Course(report.bestEpoch(), report.divergedAttempts(), curve.errors),
                new Findings(inspection, null, null));
    }

    /** As in the paper: all epochs, no warm-up. */
    private TrainingOptions options(long seed, Hyperparameters hyperparameters) {
        return TrainingOptions.defaults()
                .withEpochs(protocol.epochs())
                .withPatience(protocol.epochs())
                .withBatchSize(protocol.batch())
                .withWarmUpSteps(0)
                .withLearningRate(hyperparameters.learningRate())
                .withSeed(seed);
    }

    private @Nullable Double detection(Autoencoder network) {
        DetectionTestSet labelled = set.labelled();
        return labelled == null
                ? null
                : (Double) labelled.vusPr(ReconstructionErrors.ofNetwork(engine, network, labelled.rows()));
    }

    private NetworkInspection inspection(TrainedAutoencoder trained, TrainingOptions options) {
        PenaltyOptions penalty = options.method() instanceof LieFirstOrder first
                ? first.penalty()
                : options.method() instanceof LieSecondOrder second ? second.penalty() : null;
        return new NetworkInspector(engine, trained.autoencoder(), set.test())
                .inspect(trained.generators().orElse(null), penalty, options.method() instanceof LieSecondOrder);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Records the test error after each epoch, and ends the training if the thread is interrupted. */
    private final class TestCurve implements TrainingProgress {
        private final Detail detail;
        private final Runnable epochEnded;
        private final List<Double> errors = new ArrayList<>();

        TestCurve(Detail detail, Runnable epochEnded) {
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
            errors.add(ReconstructionErrors.mean(
                    engine,
                    network.get(),
                    set.test(),
                    Math.min(Course.MOST_CURVE_ROWS, set.test().count())));
        }
    }
}
