package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.LinearBase;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.numeric.PrincipalComponents;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class NetworkArchitectureTest extends RandomizedTest {
    private static final int WIDTH = 12;
    private static final int COUNT = 200;
    private static final AutoencoderShape SHAPE = new AutoencoderShape(WIDTH, List.of(16), 3, List.of(16));

    private final Engine engine = new OpenBlasEngine();

    @Test
    void theResidualAutoencoderStartsAsPrincipalComponentAnalysis() {
        float[] windows = bentCurve(random());
        PrincipalComponents principal = PrincipalComponents.fit(windows, COUNT, WIDTH, 3);
        double sum = 0;
        for (int row = 0; row < COUNT; row++) {
            sum += principal.reconstructionError(windows, row * WIDTH);
        }
        double expected = sum / COUNT;
        TrainingReport report = train(Architecture.PCA_RESIDUAL, windows).report();
        assertThat(report.initialValidationError()).isCloseTo(expected, within(1e-4 * expected));
        Autoencoder initial = Architecture.PCA_RESIDUAL.initial(SHAPE, windows, COUNT, random());
        assertThat(initial.base())
                .hasValueSatisfying(
                        base -> assertThat((double) base.residualScale()).isCloseTo(Math.sqrt(expected), within(1e-5)));
    }

    @Test
    void theResidualAutoencoderLearnsTheRemainder() {
        float[] windows = bentCurve(random());
        TrainedAutoencoder trained = train(Architecture.PCA_RESIDUAL, windows);
        assertThat(trained.report().bestValidationError())
                .isLessThan(0.7 * trained.report().initialValidationError());
        assertThat(trained.autoencoder().base())
                .isEqualTo(Architecture.PCA_RESIDUAL
                        .initial(SHAPE, windows, COUNT, random())
                        .base());
    }

    @Test
    void thePapersNetworkHasNoBase() {
        float[] windows = bentCurve(random());
        assertThat(Architecture.RELU.initial(SHAPE, windows, COUNT, new SplittableRandom(5)))
                .isEqualTo(Autoencoder.initialised(SHAPE, new SplittableRandom(5)));
    }

    @Test
    void aBaseExistsEvenIfWindowsVaryInFewDirectionsOrNone() {
        float[] constant = new float[COUNT * WIDTH];
        for (int index = 0; index < constant.length; index++) {
            constant[index] = index % WIDTH;
        }
        LinearBase base = Architecture.base(PrincipalComponents.fit(constant, COUNT, WIDTH, 3));
        assertThat(base.scales()).containsOnly(1);
        assertThat(base.residualScale()).isZero();

        float[] line = constant.clone();
        for (int row = 0; row < COUNT; row++) {
            line[row * WIDTH] = row;
        }
        base = Architecture.base(PrincipalComponents.fit(line, COUNT, WIDTH, 3));
        assertThat(base.scales()[1]).isCloseTo(1e-4f * base.scales()[0], within(1e-5f));
        assertThat(train(Architecture.PCA_RESIDUAL, line).report().initialValidationError())
                .isLessThan(1e-6);
    }

    private TrainedAutoencoder train(Architecture architecture, float[] windows) {
        Autoencoder initial = architecture.initial(SHAPE, windows, COUNT, new SplittableRandom(1));
        return new AutoencoderTrainer(
                        engine, TrainingOptions.defaults().withEpochs(40).withLearningRate(0.005))
                .train(initial, windows, COUNT, windows, COUNT, TrainingProgress.SILENT);
    }

    /** A sine of random phase and frequency: two parameters, but far from linear. */
    private static float[] bentCurve(RandomGenerator random) {
        float[] windows = new float[COUNT * WIDTH];
        for (int row = 0; row < COUNT; row++) {
            double phase = random.nextDouble(2 * Math.PI);
            double pitch = random.nextDouble(0.4, 0.9);
            for (int column = 0; column < WIDTH; column++) {
                windows[row * WIDTH + column] = (float) Math.sin(phase + pitch * column);
            }
        }
        return windows;
    }
}
