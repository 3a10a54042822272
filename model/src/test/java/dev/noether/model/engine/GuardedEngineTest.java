package dev.noether.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A device that fails while it is in use: the results are those of a device that does not, and nothing is thrown. */
final class GuardedEngineTest extends RandomizedTest {
    private static final IllegalStateException LOST =
            new IllegalStateException("CUDA error 719: unspecified launch failure");
    private static final int WIDTH = 12;
    private static final int ROWS = 7;

    private final SplittableRandom numbers = new SplittableRandom(random().nextLong());
    private final Autoencoder network =
            Autoencoder.initialised(new AutoencoderShape(WIDTH, List.of(9), 4, List.of(9)), numbers);

    @Test
    void eachRunHasItsResultThoughTheDeviceFailsInOneOfThem() {
        Reconstruction expected = new ReferenceEngine().reconstruction(network, ROWS);
        for (int failing = 0; failing < 4; failing++) {
            TestingDevice device = new TestingDevice().failingIn(failing, LOST);
            try (GuardedEngine engine = GuardedEngine.of(device, ReferenceEngine::new);
                    Reconstruction first = engine.reconstruction(network, ROWS);
                    Reconstruction second = engine.reconstruction(network, ROWS)) {
                for (int run = 0; run < 6; run++) {
                    float[] input = numbers(ROWS * WIDTH);
                    assertThat(run(run % 2 == 0 ? first : second, input)).isEqualTo(run(expected, input));
                    assertThat(engine.fallback().isPresent()).isEqualTo(run >= failing);
                }
                assertThat(engine.fallback()).contains(LOST.toString());
                assertThat(engine.name()).isEqualTo(new ReferenceEngine().name());
                assertThat(device.isClosed()).isTrue();
                // What is made from now on does not ask the device.
                float[] input = numbers(ROWS * WIDTH);
                assertThat(run(engine.reconstruction(network, ROWS), input)).isEqualTo(run(expected, input));
            }
        }
    }

    @Test
    void aProductThatAddsToTheFormerOneStartsFromIt() {
        for (float keep : new float[] {0, 1, .5f}) {
            float[] left = numbers(ROWS * WIDTH);
            float[] right = numbers(WIDTH * 3);
            float[] product = numbers(ROWS * 3);
            float[] expected = product.clone();
            new ReferenceEngine().multiply(false, false, ROWS, 3, WIDTH, 2, left, right, keep, expected);
            try (Engine engine = GuardedEngine.of(new TestingDevice().failingIn(0, LOST), ReferenceEngine::new)) {
                engine.multiply(false, false, ROWS, 3, WIDTH, 2, left, right, keep, product);
                assertThat(product).isEqualTo(expected);
                assertThat(engine.fallback()).isPresent();
            }
        }
    }

    @Test
    void wrongArgumentsAreNoFailureOfTheDevice() {
        try (Engine engine = GuardedEngine.of(new TestingDevice(), ReferenceEngine::new)) {
            Reconstruction reconstruction = engine.reconstruction(network, ROWS);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> reconstruction.run(new float[WIDTH], ROWS + 1, new float[WIDTH]));
            assertThatIllegalArgumentException().isThrownBy(() -> engine.reconstruction(network, 0));
            reconstruction.close();
            assertThatIllegalStateException()
                    .isThrownBy(() -> reconstruction.run(new float[WIDTH], 1, new float[WIDTH]));
            assertThat(engine.fallback()).isEmpty();
        }
    }

    @Test
    void aFailureOfTheCpuIsThrown() {
        try (Engine engine = GuardedEngine.of(
                new TestingDevice().failingIn(0, LOST), () -> new TestingDevice().failingIn(0, LOST))) {
            Reconstruction reconstruction = engine.reconstruction(network, ROWS);
            assertThatIllegalStateException().isThrownBy(() -> run(reconstruction, numbers(ROWS * WIDTH)));
        }
    }

    @Test
    void aTaskThatWasGivenAGpuLearnsThatThereIsNone() {
        org.junit.jupiter.api.Assumptions.assumeFalse(Nd4jEngine.isOnGpu());
        try (Engine engine = EngineChoice.AUTO.openOnGpu(3)) {
            assertThat(engine.fallback())
                    .hasValueSatisfying(reason -> assertThat(reason).startsWith("GPU 3: "));
            assertThat(engine.name()).isEqualTo("openblas");
        }
        try (Engine engine = EngineChoice.OPENBLAS.openOnGpu(0)) {
            assertThat(engine.fallback()).isEmpty();
        }
    }

    private static float[] run(Reconstruction reconstruction, float[] input) {
        float[] output = new float[ROWS * WIDTH];
        reconstruction.run(input, ROWS, output);
        return output;
    }

    private float[] numbers(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) numbers.nextDouble(-1, 1);
        }
        return values;
    }
}
