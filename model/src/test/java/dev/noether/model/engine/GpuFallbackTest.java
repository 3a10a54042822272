package dev.noether.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class GpuFallbackTest {
    private static final GpuDevice AMPERE = new GpuDevice(0, "NVIDIA A10", 8, 6, 23L << 30, 22L << 30);

    private final Engine cpu = new ReferenceEngine();

    @Test
    void aDeviceThatComputesIsUsed() {
        Engine engine = open(AMPERE, TestingDevice::new);
        assertThat(engine.name()).isEqualTo("testing");
        assertThat(engine.fallback()).isEmpty();
    }

    @Test
    void aDeviceWithoutKernelsIsNotUsed() {
        RuntimeException none = new IllegalStateException("no kernel image is available for execution on the device");
        for (RuntimeException failure : new RuntimeException[] {none, new IllegalArgumentException("bad launch")}) {
            Engine engine = open(AMPERE, () -> new TestingDevice().failingIn(0, failure));
            assertThat(engine.name()).isEqualTo(cpu.name());
            assertThat(engine.fallback())
                    .hasValueSatisfying(reason -> assertThat(reason)
                            .startsWith("GPU 0, NVIDIA A10, compute capability 8.6, 22528 of 23552 MiB free: ")
                            .contains(String.valueOf(failure.getMessage())));
        }
    }

    @Test
    void aDeviceThatComputesWronglyIsNotUsed() {
        TestingDevice device = new TestingDevice().computingWrongly();
        Engine engine = open(AMPERE, () -> device);
        assertThat(engine.fallback())
                .hasValueSatisfying(reason -> assertThat(reason).contains("in place of"));
        assertThat(device.isClosed()).isTrue();
    }

    /** The library has no code for it: a failure there may end the process. */
    @Test
    void aDeviceThatTheLibraryHasNoCodeForIsNotEvenTried() {
        for (GpuDevice device : new GpuDevice[] {
            new GpuDevice(0, "NVIDIA H200", 9, 0, 139L << 30, 138L << 30),
            new GpuDevice(1, "NVIDIA B200", 10, 0, 180L << 30, 180L << 30),
            new GpuDevice(0, "Tesla K20", 3, 5, 5L << 30, 5L << 30)
        }) {
            Engine engine = open(device, () -> {
                throw new AssertionError("it must not be opened");
            });
            assertThat(engine.fallback())
                    .hasValueSatisfying(reason -> assertThat(reason)
                            .contains(device.name())
                            .endsWith("the CUDA library has code for compute capability 3.7 to 8.9 only"));
        }
        for (int[] capability : new int[][] {{3, 7}, {7, 5}, {8, 0}, {8, 9}}) {
            GpuDevice device = new GpuDevice(0, "a card", capability[0], capability[1], 8L << 30, 8L << 30);
            assertThat(device.obstacle()).isEmpty();
        }
    }

    @Test
    void aDeviceWithoutFreeMemoryIsNotUsed() {
        GpuDevice full = new GpuDevice(0, "Tesla T4", 7, 5, 15L << 30, 1 << 20);
        assertThat(open(full, TestingDevice::new).fallback())
                .hasValueSatisfying(reason -> assertThat(reason).endsWith("it has too little free memory"));
    }

    @Test
    void aLibraryThatDoesNotLoadIsNotUsed() {
        Engine engine = open(AMPERE, () -> {
            throw new UnsatisfiedLinkError("libcudart.so.11.0");
        });
        assertThat(engine.name()).isEqualTo(cpu.name());
        Engine undescribed = GpuFallback.open(
                () -> {
                    throw new NoClassDefFoundError("NativeOps");
                },
                TestingDevice::new,
                () -> cpu);
        assertThat(undescribed.fallback()).isPresent();
    }

    @Test
    void aDeviceThatDoesNotExistIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GpuFallback.open(
                        () -> {
                            throw new IllegalArgumentException("no device 3; there are devices 0 to 0");
                        },
                        TestingDevice::new,
                        () -> cpu))
                .withMessage("no device 3; there are devices 0 to 0");
    }

    private Engine open(GpuDevice device, Supplier<Engine> gpu) {
        return GpuFallback.open(() -> device, gpu, () -> cpu);
    }
}
