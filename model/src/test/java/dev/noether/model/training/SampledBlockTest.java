package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.training.EntityHistory.Run;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class SampledBlockTest extends RandomizedTest {
    @Test
    void returnsTheRowsThatWereAppended() {
        RandomGenerator random = random();
        for (int features = 1; features < 5; features++) {
            SampledBlock block = new SampledBlock("entity", 0, 0);
            double[] all = random.doubles(BlockSampler.BLOCK_ROWS * features).toArray();
            for (int i = 0; i < BlockSampler.BLOCK_ROWS; i++) {
                double[] row = new double[features];
                for (int j = 0; j < features; j++) {
                    row[j] = all[i * features + j];
                }
                block.append(1000L + i, row, features, null);
                Run run = run(block, features);
                assertThat(run.count()).isEqualTo(i + 1).isEqualTo(block.count());
                assertThat(run.times()[i]).isEqualTo(1000L + i);
                assertThat(run.rows()).hasSize((i + 1) * features);
            }
            assertThat(run(block, features).rows()).isEqualTo(all);
            assertThat(run(block, features).times()).startsWith(1000, 1001).isSorted();
        }
    }

    @Test
    void aRunIsACopy() {
        SampledBlock block = new SampledBlock("entity", 0, 0);
        block.append(5, new double[] {7}, 1, null);
        run(block, 1).rows()[0] = -1;
        assertThat(run(block, 1).rows()).containsExactly(7);
    }

    @Test
    void aReleasedBlockIsEmpty() {
        SampledBlock block = new SampledBlock("entity", 0, 0);
        block.append(5, new double[] {7}, 1, null);
        block.release();
        assertThat(block.count()).isZero();
        assertThat(run(block, 1).rows()).isEmpty();
    }

    /** Two blocks are only equal in order if they are the same block, even if all priorities are equal. */
    @Test
    void theOrderIsTotal() {
        List<SampledBlock> blocks = new ArrayList<>();
        for (long priority : new long[] {2, 1}) {
            for (String entity : List.of("b", "a")) {
                for (long number : new long[] {10, 9}) {
                    blocks.add(new SampledBlock(entity, number, priority));
                }
            }
        }
        TreeSet<SampledBlock> sorted = new TreeSet<>(SampledBlock.BY_PRIORITY);
        sorted.addAll(blocks);
        assertThat(sorted)
                .extracting(block -> block.priority() + block.entity() + block.number())
                .containsExactly("1a9", "1a10", "1b9", "1b10", "2a9", "2a10", "2b9", "2b10");
    }

    /** A sample that is half as large consists of blocks of the larger sample. */
    @Test
    void aSmallerSampleIsPartOfALargerOne() {
        RandomGenerator random = random();
        for (int round = 0; round < 20; round++) {
            long seed = random.nextLong();
            BlockSampler large = new BlockSampler(1, 8 * BlockSampler.BLOCK_ROWS, 100, seed);
            BlockSampler small = new BlockSampler(1, 4 * BlockSampler.BLOCK_ROWS, 100, seed);
            for (int i = 0; i < 24 * BlockSampler.BLOCK_ROWS; i++) {
                String entity = "entity-" + i % 3;
                large.add(entity, i, new float[] {i});
                small.add(entity, i, new float[] {i});
            }
            assertThat(small.sampledRows()).isEqualTo(4 * BlockSampler.BLOCK_ROWS);
            assertThat(times(large)).containsAll(times(small)).hasSize(8 * BlockSampler.BLOCK_ROWS);
        }
    }

    /** Values that a float cannot hold, after some that it can, and missing ones. */
    @Test
    void valuesAreKeptExactly() {
        SampledBlock block = new SampledBlock("entity", 0, 0);
        double[][] rows = {{1.5, Double.NaN}, {2.25, -3}, {0.1, 1e13 + 3}, {Double.NaN, 4}, {5, 6}};
        for (int i = 0; i < rows.length; i++) {
            block.append(i, rows[i], 2, null);
        }
        assertThat(run(block, 2).rows()).containsExactly(1.5, Double.NaN, 2.25, -3, 0.1, 1e13 + 3, Double.NaN, 4, 5, 6);
    }

    private static Run run(SampledBlock block, int features) {
        RunCollector runs = new RunCollector();
        block.collect(runs, features, reason -> true);
        List<Run> all = runs.runs();
        return all.isEmpty() ? new Run(new long[0], new float[0]) : all.get(0);
    }

    private static TreeSet<Long> times(BlockSampler sampler) {
        TreeSet<Long> times = new TreeSet<>();
        for (EntityHistory history : sampler.histories()) {
            for (Run run : history.runs()) {
                for (long time : run.times()) {
                    times.add(time);
                }
            }
        }
        return times;
    }
}
