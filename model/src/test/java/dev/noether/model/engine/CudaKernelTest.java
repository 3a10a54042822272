package dev.noether.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The kernel's arithmetic, by its mirror in Java. */
final class CudaKernelTest {

    @Test
    void addsTheBiasOfTheColumnAndRectifies() {
        float[] values = {-3, 1, Float.NaN, -1, 99};
        run(values, 4, true);
        assertThat(values).containsExactly(0, 3, Float.NaN, 1, 99);
    }

    @Test
    void keepsWhatIsBelowZeroWithoutRectification() {
        float[] values = {-3, 1, -5, -1, 99};
        run(values, 4, false);
        assertThat(values).containsExactly(-2, 3, -4, 1, 99);
    }

    @Test
    void hasAThreadForEachValue() {
        assertThat(CudaKernel.blocks(1)).isEqualTo(1);
        assertThat(CudaKernel.blocks(CudaKernel.BLOCK)).isEqualTo(1);
        assertThat(CudaKernel.blocks(CudaKernel.BLOCK + 1)).isEqualTo(2);
        assertThat(CudaKernel.blocks(Integer.MAX_VALUE)).isEqualTo(1 << 23);
    }

    private static void run(float[] values, int count, boolean isRectified) {
        for (int thread = 0; thread < CudaKernel.BLOCK; thread++) {
            CudaKernel.thread(0, thread, values, new float[] {1, 2}, 2, count, isRectified);
        }
    }
}
