package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.engine.Reconstruction;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.method.Contractive;
import dev.noether.model.method.Denoising;
import dev.noether.model.method.LieFirstOrder;
import dev.noether.model.method.LieSecondOrder;
import dev.noether.model.method.Plain;
import dev.noether.model.method.TrainingMethod;
import dev.noether.model.symmetry.GeneratorStructure;
import dev.noether.model.symmetry.LowRankGenerators;
import dev.noether.model.symmetry.PenaltyOptions;
import dev.noether.model.testing.TestingFaultyEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class AutoencoderTrainerTest {
    private static final int WIDTH = 12;
    private static final int TRAIN = 300;
    private static final int VALIDATION = 60;
    private static final AutoencoderShape SHAPE = new AutoencoderShape(WIDTH, List.of(16), 3, List.of(16));
    private static final TrainingOptions OPTIONS =
            TrainingOptions.defaults().withEpochs(40).withLearningRate(0.005).withPatience(40);

    private static final List<TrainingMethod> METHODS = List.of(
            new Plain(),
            new Denoising(0.1),
            Contractive.weighted(1e-3),
            LieFirstOrder.weighted(1),
            LieSecondOrder.weighted(1));

    private final Engine engine = new OpenBlasEngine();
    private final float[] train = curve(TRAIN, new SplittableRandom(1));
    private final float[] validation = curve(VALIDATION, new SplittableRandom(2));

    @Test
    void learnsALowDimensionalSet() {
        TrainedAutoencoder trained = train(OPTIONS);
        double meanPredictor = meanPredictorError();
        double error = error(trained.autoencoder(), validation, VALIDATION);
        assertThat(error).isLessThan(0.05 * meanPredictor);
        assertThat(trained.report().bestValidationError()).isCloseTo(error, within(1e-5 * error));
        assertThat(trained.report().initialValidationError()).isGreaterThan(0.5 * meanPredictor);
        assertThat(trained.generators()).isEmpty();
    }

    @Test
    void learnsUnderThePenaltyAsWell() {
        TrainedAutoencoder trained = train(OPTIONS.withMethod(LieFirstOrder.weighted(0.1)));
        assertThat(trained.report().bestValidationError()).isLessThan(0.05 * meanPredictorError());
        assertThat(trained.generators()).hasValueSatisfying(generators -> {
            assertThat(generators.count()).isEqualTo(3);
            assertThat(generators.width()).isEqualTo(WIDTH);
            assertThat(generators)
                    .isInstanceOfSatisfying(
                            LowRankGenerators.class,
                            lowRank -> assertThat(lowRank.rank()).isEqualTo(4));
        });
        List<EpochReport> epochs = trained.report().epochs();
        assertThat(epochs).allSatisfy(epoch -> assertThat(epoch.penalty()).isPositive());
    }

    @Test
    void aHeavyPenaltyMakesTheDecoderFollowItsGenerators() {
        TrainingOptions options = OPTIONS.withPatience(40);
        double light = lastPenalty(options.withMethod(LieFirstOrder.weighted(1e-9)));
        double heavy = lastPenalty(options.withMethod(LieFirstOrder.weighted(100)));
        PenaltyOptions eachStep = PenaltyOptions.weighted(100).withSamples(16).withInterval(1);
        double heavyAtEachStep = lastPenalty(options.withMethod(new LieFirstOrder(eachStep)));
        assertThat(heavyAtEachStep).isLessThan(0.2 * light);
        // Evaluated at every second step the generators have taken half of the steps.
        assertThat(heavy).isLessThan(0.5 * light);
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        for (TrainingMethod method : METHODS) {
            TrainingOptions options = OPTIONS.withEpochs(5).withMethod(method);
            TrainedAutoencoder first = train(options);
            TrainedAutoencoder second = train(options);
            assertThat(second.autoencoder()).isEqualTo(first.autoencoder());
            assertThat(second.generators()).isEqualTo(first.generators());
            assertThat(second.report().epochs()).isEqualTo(first.report().epochs());
            assertThat(train(options.withSeed(2)).autoencoder()).isNotEqualTo(first.autoencoder());
        }
    }

    @Test
    void learnsByEveryMethod() {
        double meanPredictor = meanPredictorError();
        for (TrainingMethod method : METHODS) {
            TrainingReport report = train(OPTIONS.withMethod(method)).report();
            assertThat(report.bestValidationError())
                    .as("%s", method)
                    .isLessThan(0.2 * meanPredictor)
                    .isLessThan(0.5 * report.initialValidationError());
        }
    }

    @Test
    void learnsGeneratorsOfEveryStructure() {
        for (GeneratorStructure structure : GeneratorStructure.values()) {
            PenaltyOptions light = PenaltyOptions.weighted(1e-9).withStructure(structure);
            PenaltyOptions heavy = PenaltyOptions.weighted(100).withStructure(structure);
            assertThat(lastPenalty(OPTIONS.withMethod(new LieFirstOrder(heavy))))
                    .as("first order, %s", structure)
                    .isPositive()
                    .isLessThan(0.5 * lastPenalty(OPTIONS.withMethod(new LieFirstOrder(light))));
            assertThat(lastPenalty(OPTIONS.withMethod(new LieSecondOrder(heavy))))
                    .as("second order, %s", structure)
                    .isLessThan(0.5 * lastPenalty(OPTIONS.withMethod(new LieSecondOrder(light))));
            assertThat(train(OPTIONS.withEpochs(1).withMethod(new LieSecondOrder(heavy)))
                            .generators())
                    .hasValueSatisfying(
                            learned -> assertThat(learned.structure()).isEqualTo(structure));
        }
    }

    @Test
    void enginesLearnTheSame() {
        // Few steps: rounding grows from step to step.
        TrainingOptions options = OPTIONS.withEpochs(1).withMethod(LieFirstOrder.weighted(1));
        EpochReport fast = train(options).report().epochs().get(0);
        EpochReport slow = new AutoencoderTrainer(new ReferenceEngine(), options)
                .train(SHAPE, train, TRAIN, validation, VALIDATION, TrainingProgress.SILENT)
                .report()
                .epochs()
                .get(0);
        assertThat(fast.trainError()).isCloseTo(slow.trainError(), within(1e-4 * slow.trainError()));
        assertThat(fast.validationError()).isCloseTo(slow.validationError(), within(1e-3 * slow.validationError()));
        assertThat(fast.penalty()).isCloseTo(slow.penalty(), within(1e-2 * slow.penalty()));
    }

    @Test
    void stopsEarlyAndKeepsTheBest() {
        // Noise: a network can only memorise the few training windows.
        float[] noise = noise(20, new SplittableRandom(3));
        float[] otherNoise = noise(20, new SplittableRandom(4));
        TrainingOptions options = OPTIONS.withEpochs(500).withPatience(7).withWarmUpSteps(0);
        TrainedAutoencoder trained = new AutoencoderTrainer(engine, options)
                .train(SHAPE, noise, 20, otherNoise, 20, TrainingProgress.SILENT);
        TrainingReport report = trained.report();
        List<Double> errors =
                report.epochs().stream().map(EpochReport::validationError).toList();
        assertThat(report.bestEpoch()).isPositive();
        assertThat(report.epochs()).hasSize(report.bestEpoch() + 7);
        assertThat(report.bestValidationError())
                .isEqualTo(errors.stream().min(Double::compare).orElseThrow())
                .isEqualTo(errors.get(report.bestEpoch() - 1))
                .isLessThan(errors.get(errors.size() - 1));
        assertThat(error(trained.autoencoder(), otherNoise, 20))
                .isCloseTo(report.bestValidationError(), within(1e-5 * report.bestValidationError()));
        assertThat(report.steps()).isEqualTo(2L * errors.size());
    }

    @Test
    void keepsTheInitialNetworkIfNothingIsBetter() {
        Autoencoder good = train(OPTIONS).autoencoder();
        float[] noise = noise(20, new SplittableRandom(3));
        TrainedAutoencoder trained = new AutoencoderTrainer(
                        engine, OPTIONS.withPatience(3).withLearningRate(0.5))
                .train(good, noise, 20, validation, VALIDATION, TrainingProgress.SILENT);
        assertThat(trained.autoencoder()).isEqualTo(good);
        assertThat(trained.report().bestEpoch()).isZero();
        assertThat(trained.report().epochs()).hasSize(3);
    }

    @Test
    void reportsEachEpoch() {
        List<String> heard = new ArrayList<>();
        TrainingReport report = new AutoencoderTrainer(engine, OPTIONS.withEpochs(3))
                .train(
                        SHAPE,
                        train,
                        TRAIN,
                        validation,
                        VALIDATION,
                        (epoch, of, trainError, validationError) ->
                                heard.add(epoch + "/" + of + " " + trainError + " " + validationError))
                .report();
        List<String> expected = new ArrayList<>();
        for (EpochReport epoch : report.epochs()) {
            expected.add((expected.size() + 1) + "/3 " + epoch.trainError() + " " + epoch.validationError());
        }
        assertThat(heard).hasSize(3).isEqualTo(expected);
    }

    @Test
    void doesNotChangeTheWindows() {
        float[] before = train.clone();
        train(OPTIONS.withEpochs(1));
        assertThat(train).containsExactly(before);
    }

    @Test
    void restartsAtATenthOfTheRateAfterDivergence() {
        TrainingOptions options = OPTIONS.withEpochs(3);
        TrainedAutoencoder trained = new AutoencoderTrainer(
                        new TestingFaultyEngine(new OpenBlasEngine(), 100, Long.MAX_VALUE), options)
                .train(SHAPE, train, TRAIN, validation, VALIDATION, TrainingProgress.SILENT);
        assertThat(trained.report().divergedAttempts()).isEqualTo(1);
        assertThat(trained.report().learningRate()).isEqualTo(0.0005);
        TrainedAutoencoder undisturbed = train(options.withLearningRate(0.0005));
        assertThat(trained.autoencoder()).isEqualTo(undisturbed.autoencoder());
        assertThat(trained.report().epochs()).isEqualTo(undisturbed.report().epochs());
        assertThat(trained.report().steps()).isEqualTo(undisturbed.report().steps());
    }

    @Test
    void failsAfterATrialAtAHundredthOfTheRate() {
        assertThatExceptionOfType(TrainingDivergedException.class)
                .isThrownBy(() -> new AutoencoderTrainer(new TestingFaultyEngine(new OpenBlasEngine(), 1, 50), OPTIONS)
                        .train(SHAPE, train, TRAIN, validation, VALIDATION, TrainingProgress.SILENT))
                .withMessage("training of Autoencoder[12-16-3-16-12, 527 parameters] on 300 windows diverged"
                        + " at learning rates from 0.005 down to 5.0E-5; check that the windows are scaled");
    }

    @Test
    void divergesOnWindowsThatOverflow() {
        float[] huge = train.clone();
        for (int index = 0; index < huge.length; index++) {
            huge[index] *= 1e18f;
        }
        assertThatExceptionOfType(TrainingDivergedException.class)
                .isThrownBy(() -> new AutoencoderTrainer(engine, OPTIONS)
                        .train(SHAPE, huge, TRAIN, validation, VALIDATION, TrainingProgress.SILENT));
    }

    @Test
    void rejectsInvalidArguments() {
        assertRefused(SHAPE, train, 0, "there must be at least one training window (got 0)");
        assertRefused(SHAPE, train, 301, "301 training windows of width 12 must hold at least 3612 values (got 3600)");
        float[] broken = train.clone();
        broken[12 * 7 + 5] = Float.NaN;
        assertRefused(SHAPE, broken, TRAIN, "training window 7 must be finite (got NaN at column 5)");
        AutoencoderTrainer trainer = new AutoencoderTrainer(engine, OPTIONS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.train(SHAPE, train, TRAIN, validation, 0, TrainingProgress.SILENT))
                .withMessage("there must be at least one validation window (got 0)");
        float[] parameters = new float[SHAPE.parameterCount()];
        parameters[3] = Float.NaN;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.train(
                        new Autoencoder(SHAPE, parameters), train, TRAIN, validation, 1, TrainingProgress.SILENT))
                .withMessage("`initial` must have finite parameters");
    }

    private void assertRefused(AutoencoderShape shape, float[] windows, int count, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AutoencoderTrainer(engine, OPTIONS)
                        .train(shape, windows, count, validation, VALIDATION, TrainingProgress.SILENT))
                .withMessage(message);
    }

    private TrainedAutoencoder train(TrainingOptions options) {
        return new AutoencoderTrainer(engine, options)
                .train(SHAPE, train, TRAIN, validation, VALIDATION, TrainingProgress.SILENT);
    }

    private double lastPenalty(TrainingOptions options) {
        List<EpochReport> epochs = train(options).report().epochs();
        return epochs.get(epochs.size() - 1).penalty();
    }

    private double meanPredictorError() {
        double[] means = new double[WIDTH];
        for (int index = 0; index < train.length; index++) {
            means[index % WIDTH] += train[index] / (double) TRAIN;
        }
        double squares = 0;
        for (int index = 0; index < validation.length; index++) {
            squares += Math.pow(validation[index] - means[index % WIDTH], 2);
        }
        return squares / validation.length;
    }

    private double error(Autoencoder network, float[] windows, int count) {
        float[] output = new float[windows.length];
        try (Reconstruction reconstruction = engine.reconstruction(network, count)) {
            reconstruction.run(windows, count, output);
        }
        double squares = 0;
        for (int index = 0; index < windows.length; index++) {
            squares += Math.pow((double) output[index] - windows[index], 2);
        }
        return squares / windows.length;
    }

    /** A sine of random phase and amplitude, which a code of three units can represent. */
    private static float[] curve(int count, RandomGenerator random) {
        float[] windows = new float[count * WIDTH];
        for (int window = 0; window < count; window++) {
            double phase = random.nextDouble(2 * Math.PI);
            double height = random.nextDouble(0.5, 1.5);
            for (int column = 0; column < WIDTH; column++) {
                windows[window * WIDTH + column] = (float) (height * Math.sin(phase + 0.5 * column));
            }
        }
        return windows;
    }

    private static float[] noise(int count, RandomGenerator random) {
        float[] windows = new float[count * WIDTH];
        for (int index = 0; index < windows.length; index++) {
            windows[index] = (float) random.nextGaussian();
        }
        return windows;
    }
}
