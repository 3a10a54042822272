package dev.noether.model.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineChoice;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A trained shape view with more or less of its symmetry. */
final class ScaledCovarianceTest {
    private static final int PERIOD = 40;
    private static final long SEED = 7;

    @Test
    void aViewIsCalibratedAgainForItsCovariance() {
        try (Engine engine = EngineChoice.AUTO.open()) {
            ShapeTraining training = Objects.requireNonNull(new ShapeTrainer(engine, ShapeChoice.ON, SEED)
                    .train(signal())
                    .training());
            ShapeModel learned = training.model();

            assertThat(training.withCovarianceTimes(engine, SEED, 1)).isEqualTo(learned);
            ShapeModel none = training.withCovarianceTimes(engine, SEED, 0);
            ShapeModel free = training.withCovarianceTimes(engine, SEED, 1e6);
            for (int window = 0; window < ShapeGroup.WINDOWS; window++) {
                // Normal windows have smaller errors the more they may move.
                assertThat(median(none, window)).isGreaterThan(median(learned, window));
                assertThat(median(learned, window)).isGreaterThan(median(free, window));
            }
            assertThat(none.entities()).isEqualTo(learned.entities());
        }
    }

    private static double median(ShapeModel model, int window) {
        return model.groups().get(0).windows().get(window).median();
    }

    private static ShapeTrainer.Signal signal() {
        Random random = new Random(5);
        float[] values = new float[1_500];
        double phase = 0;
        for (int i = 0; i < values.length; i++) {
            phase += (1 + 0.2 * random.nextGaussian()) / PERIOD;
            values[i] = (float) (Math.sin(2 * Math.PI * phase)
                    + 0.5 * Math.cos(4 * Math.PI * phase)
                    + 0.05 * random.nextGaussian());
        }
        return new ShapeTrainer.Signal(0, List.of("a"), List.of(new SignalRun(0, 0, values)));
    }
}
