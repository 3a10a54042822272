package dev.noether.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CublasEngineTest extends EngineContractTest {
    private static final int WIDTH = 3;

    private final Autoencoder network =
            Autoencoder.initialised(new AutoencoderShape(WIDTH, List.of(4), 2, List.of(4)), new SplittableRandom(7));

    @Override
    Engine engine() {
        return new CublasEngine(new TestingCudaDriver());
    }

    /** Three batches, the last one not full, so that both streams are used and one is used again. */
    @Test
    void batchesOfBothStreamsAreThoseOfTheReference() {
        int rows = 2 * CublasReconstruction.BATCH + 5;
        TestingCudaDriver driver = new TestingCudaDriver();
        float[] input = numbers(rows);
        float[] actual = new float[input.length];
        float[] expected = new float[input.length];
        Engine engine = new CublasEngine(driver);
        try (Reconstruction reconstruction = engine.reconstruction(network, rows)) {
            driver.calls().clear();
            reconstruction.run(input, rows, actual);
        }
        new ReferenceEngine().reconstruction(network, rows).run(input, rows, expected);
        assertThat(actual).containsExactly(expected, offset(1e-5f));
        assertThat(Collections.frequency(driver.calls(), "upload")).isEqualTo(3);
        assertThat(Collections.frequency(driver.calls(), "download")).isEqualTo(3);
        assertThat(driver.calls()).doesNotContain("allocate", "pin");
        engine.close();
        assertThat(driver.isClosed()).isTrue();
    }

    @Test
    void theDriverIsClosedWithItsLastUser() {
        TestingCudaDriver driver = new TestingCudaDriver();
        Engine engine = new CublasEngine(driver);
        Reconstruction reconstruction = engine.reconstruction(network, 2);
        engine.close();
        engine.close();
        reconstruction.run(numbers(2), 2, new float[2 * WIDTH]);
        assertThat(driver.isClosed()).isFalse();
        reconstruction.close();
        reconstruction.close();
        assertThat(driver.isClosed()).isTrue();
    }

    /** Whichever call fails: the caller gets the result of the CPU, and nothing stays allocated. */
    @Test
    void aFailureOfAnyCallIsRepeatedOnTheCpu() {
        float[] input = numbers(2);
        float[] expected = new float[input.length];
        new ReferenceEngine().reconstruction(network, 2).run(input, 2, expected);
        int failures = 0;
        for (int call = 0; ; call++) {
            TestingCudaDriver driver = new TestingCudaDriver().failingIn(call);
            Engine engine = GuardedEngine.of(new CublasEngine(driver), ReferenceEngine::new);
            float[] actual = new float[input.length];
            float[] product = {1};
            try (Reconstruction reconstruction = engine.reconstruction(network, 2)) {
                reconstruction.run(input, 2, actual);
                engine.multiply(false, false, 1, 1, 1, 1, new float[] {3}, new float[] {4}, 1, product);
            }
            engine.close();
            assertThat(actual).as("call %d", call).containsExactly(expected, offset(1e-5f));
            assertThat(product).containsExactly(13);
            assertThat(driver.liveCount()).as("leaks after call %d", call).isZero();
            assertThat(driver.isClosed()).isTrue();
            if (engine.fallback().isEmpty()) {
                break;
            }
            assertThat(engine.fallback().orElseThrow()).contains("error 700");
            failures++;
        }
        assertThat(failures).isGreaterThan(40);
    }

    private static float[] numbers(int rows) {
        SplittableRandom random = new SplittableRandom(rows);
        float[] numbers = new float[rows * WIDTH];
        for (int index = 0; index < numbers.length; index++) {
            numbers[index] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }
}
