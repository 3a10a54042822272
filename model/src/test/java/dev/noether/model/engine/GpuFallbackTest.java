package dev.noether.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.noether.model.autoencoder.AffineLayer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GpuFallbackTest {
    private final Engine cpu = new ReferenceEngine();

    @Test
    void aDeviceThatComputesIsUsed() {
        Engine works = new TestingDevice(null, false);
        assertThat(GpuFallback.open(() -> works, () -> cpu)).isSameAs(works);
    }

    @Test
    void aDeviceWithoutKernelsIsNotUsed() {
        RuntimeException none = new IllegalStateException("no kernel image is available for execution on the device");
        assertThat(GpuFallback.open(() -> new TestingDevice(none, false), () -> cpu))
                .isSameAs(cpu);
        RuntimeException argument = new IllegalArgumentException("bad launch");
        assertThat(GpuFallback.open(() -> new TestingDevice(argument, false), () -> cpu))
                .isSameAs(cpu);
    }

    @Test
    void aDeviceThatComputesWronglyIsNotUsed() {
        assertThat(GpuFallback.open(() -> new TestingDevice(null, true), () -> cpu))
                .isSameAs(cpu);
    }

    @Test
    void aLibraryThatDoesNotLoadIsNotUsed() {
        assertThat(GpuFallback.open(
                        () -> {
                            throw new UnsatisfiedLinkError("libcudart.so.11.0");
                        },
                        () -> cpu))
                .isSameAs(cpu);
    }

    @Test
    void aDeviceThatDoesNotExistIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GpuFallback.open(
                        () -> {
                            throw new IllegalArgumentException("no device 3; there are devices 0 to 0");
                        },
                        () -> cpu))
                .withMessage("no device 3; there are devices 0 to 0");
    }

    /** A device whose products are right, and whose other operations may fail or be wrong. */
    private record TestingDevice(RuntimeException failure, boolean isWrong) implements Engine {
        private static final Engine RIGHT = new ReferenceEngine();

        @Override
        public String name() {
            return "testing";
        }

        @Override
        public void multiply(
                boolean transposeLeft,
                boolean transposeRight,
                int rows,
                int columns,
                int inner,
                float scale,
                float[] left,
                float[] right,
                float keep,
                float[] product) {
            RIGHT.multiply(transposeLeft, transposeRight, rows, columns, inner, scale, left, right, keep, product);
        }

        @Override
        public Reconstruction chain(List<AffineLayer> layers, int capacity) {
            if (failure != null) {
                throw failure;
            }
            return RIGHT.chain(isWrong ? layers.subList(0, layers.size() - 1) : layers, capacity);
        }
    }
}
