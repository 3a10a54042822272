package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The heap that a sample retains after many entities; the rest of the heap is free before and after. */
final class SamplerMemoryTest {
    private static final int FEATURES = 38;
    private static final int ROWS = 20_000;
    private static final int LIMIT = 100_000;

    @Test
    void theMemoryIsBoundedByTheSettings() {
        long few = retained(10_000, 10);
        long many = retained(1_000_000, 1);
        System.out.printf("sample of %,d rows: %,d bytes after 10,000 names, %,d after 1,000,000%n", ROWS, few, many);
        // The rows take 3.2 MB, 20,000 blocks of one row 5 MB more, the counters at most 4 MB.
        assertThat(few).isLessThan(10_000_000);
        assertThat(many).isLessThan(20_000_000);
    }

    private static long retained(int entities, int rounds) {
        long before = used();
        BlockSampler sampler = new BlockSampler(FEATURES, ROWS, LIMIT, 1);
        float[] row = new float[FEATURES];
        for (int i = 0; i < rounds; i++) {
            for (int e = 0; e < entities; e++) {
                sampler.add("prod-cluster-eu-central-1-checkout-" + e, 60_000L * i, row);
            }
        }
        long retained = used() - before;
        assertThat(sampler.offeredRows()).isEqualTo((long) entities * rounds);
        return retained;
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
