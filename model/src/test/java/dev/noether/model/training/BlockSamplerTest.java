package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.noether.model.training.EntityHistory.Run;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Each row has its entity's number and its own number, which identify it in a sample. */
final class BlockSamplerTest extends RandomizedTest {
    private static final int FEATURES = 2;
    private static final int BLOCK = BlockSampler.BLOCK_ROWS;

    @Test
    void aSmallHistoryIsSampledCompletely() {
        BlockSampler sampler = new BlockSampler(FEATURES, 1000, 100, 1);
        int[] counts = {700, 1, 299};
        offer(sampler, counts, random());
        assertThat(sampler.offeredRows()).isEqualTo(1000);
        assertThat(sampler.sampledRows()).isEqualTo(1000);
        assertThat(sampler.entities()).isEqualTo(3);
        List<EntityHistory> histories = sampler.histories();
        assertThat(histories).extracting(EntityHistory::entity).containsExactly("entity-0", "entity-1", "entity-2");
        for (int e = 0; e < counts.length; e++) {
            EntityHistory history = histories.get(e);
            assertThat(history.runs()).hasSize(1);
            assertThat(history.count()).isEqualTo(counts[e]);
            assertThat(history.runs().get(0).times()[0]).isZero();
        }
        assertConsecutive(histories);
    }

    @Test
    void theSampleIsBoundedAndUsesItsSpace() {
        RandomGenerator random = random();
        for (int round = 0; round < 30; round++) {
            int maxRows = random.nextInt(BLOCK, 4000);
            BlockSampler sampler = new BlockSampler(FEATURES, maxRows, 100, random.nextLong());
            int[] counts = counts(random, 6, 2000);
            offer(sampler, counts, random);
            assertThat(sampler.sampledRows()).isLessThanOrEqualTo(maxRows);
            int seen = Arrays.stream(counts).sum();
            assertThat(sampler.offeredRows()).isEqualTo(seen);
            assertThat(sampler.sampledRows()).isGreaterThanOrEqualTo(Math.min(seen, maxRows - BLOCK + 1));
            List<EntityHistory> histories = sampler.histories();
            assertThat(histories.stream().mapToInt(EntityHistory::count).sum()).isEqualTo(sampler.sampledRows());
            assertConsecutive(histories);
        }
    }

    @Test
    void theSampleDoesNotDependOnHowTheEntitiesAreInterleaved() {
        RandomGenerator random = random();
        for (int round = 0; round < 20; round++) {
            long seed = random.nextLong();
            int maxRows = random.nextInt(BLOCK, 3000);
            int[] counts = counts(random, 8, 1500);
            List<List<Long>> expected = rows(seed, maxRows, counts, random);
            for (int again = 0; again < 5; again++) {
                assertThat(rows(seed, maxRows, counts, random)).isEqualTo(expected);
            }
        }
    }

    @Test
    void theSeedChoosesTheSampleAndNoPartOfTheHistoryIsPreferred() {
        int rows = 16 * BLOCK;
        long early = 0;
        long kept = 0;
        TreeMap<String, Integer> samples = new TreeMap<>();
        for (int seed = 0; seed < 400; seed++) {
            BlockSampler sampler = new BlockSampler(FEATURES, 4 * BLOCK, 100, seed);
            offer(sampler, new int[] {rows}, random());
            List<Long> places = places(sampler.histories()).get(0);
            samples.merge(places.toString(), 1, Integer::sum);
            kept += places.size();
            early += places.stream().filter(place -> place < rows / 2).count();
        }
        assertThat(samples).hasSizeGreaterThan(200);
        // 1,600 blocks: a share of 0.5 has a deviation of 0.0125.
        assertThat((double) early / kept).isBetween(0.43, 0.57);
    }

    @Test
    void copiesRows() {
        BlockSampler sampler = new BlockSampler(FEATURES, BLOCK, 100, 1);
        float[] row = {1, 2};
        sampler.add("entity", 5, row);
        row[0] = 9;
        Run run = sampler.histories().get(0).runs().get(0);
        assertThat(run.rows()).containsExactly(1, 2);
        assertThat(run.times()).containsExactly(5);
    }

    @Test
    void refusesASampleSmallerThanABlock() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BlockSampler(0, 255, 1, 1))
                .withMessage("`features` must be at least 1 and `maxRows` at least 256 (got 0 and 255)");
    }

    @Test
    void rowsThatAreLeftOutEndARun() {
        for (LeftOutReason reason : LeftOutReason.values()) {
            BlockSampler sampler = new BlockSampler(1, 1000, 100, 1);
            for (int i = 0; i < 600; i++) {
                boolean isOut = i >= 250 && i < 260 || i == 511 || i == 300;
                sampler.add("entity", i, new double[] {i}, isOut ? reason : null);
            }
            List<Run> runs = sampler.histories().get(0).runs();
            assertThat(runs).extracting(Run::count).as(reason.name()).containsExactly(250, 40, 210, 88);
            assertThat(runs.get(2).times()).startsWith(301).endsWith(510);
            assertThat(runs.get(2).rows()).startsWith(301).endsWith(510);
            assertThat(sampler.offeredRows()).isEqualTo(600);
            assertThat(sampler.leftOutRows()).containsExactly(Map.entry(reason, 12L));
        }
    }

    @Test
    void provisionalReasonsCanBeIgnoredAtTheEnd() {
        BlockSampler sampler = new BlockSampler(1, 1000, 100, 1);
        for (int i = 0; i < 600; i++) {
            LeftOutReason reason = i >= 100 && i < 200 ? LeftOutReason.FLAGGED : null;
            sampler.add("entity", i, new double[] {i}, i >= 400 && i < 550 ? LeftOutReason.MAINTENANCE : reason);
        }
        assertThat(sampler.histories().get(0).runs()).extracting(Run::count).containsExactly(100, 200, 50);
        assertThat(sampler.histories(reason -> !reason.isProvisional()).get(0).runs())
                .extracting(Run::count)
                .containsExactly(400, 50);
    }

    /** A maintenance that never ends takes no memory; a row after a gap within a block does not follow the one before. */
    @Test
    void maintenanceTakesNoPlaceInTheSample() {
        BlockSampler sampler = new BlockSampler(1, 1000, 100, 1);
        for (int i = 0; i < 100_000; i++) {
            sampler.add(
                    "entity", i, new double[] {i}, i == 7 || i == 10 * BLOCK + 3 ? null : LeftOutReason.MAINTENANCE);
        }
        assertThat(sampler.sampledRows()).isEqualTo(2);
        assertThat(sampler.histories().get(0).runs())
                .extracting(run -> run.times()[0])
                .containsExactly(7L, 2563L);
        assertThat(sampler.leftOutRows()).containsEntry(LeftOutReason.MAINTENANCE, 99_998L);
    }

    /** With more entities than counters, all are as likely to be in the sample, and their rows stay consecutive. */
    @Test
    void entitiesBeyondTheLimitAreSampledToo() {
        BlockSampler sampler = new BlockSampler(1, 20_000, 64, 1);
        int entities = 1000;
        for (int i = 0; i < 500; i++) {
            for (int e = 0; e < entities; e++) {
                sampler.add("entity-" + e, i, new float[] {e});
            }
        }
        assertThat(sampler.entities()).isEqualTo(64);
        assertThat(sampler.sampledRows()).isGreaterThan(20_000 - BLOCK).isLessThanOrEqualTo(20_000);
        List<EntityHistory> histories = sampler.histories();
        long late = histories.stream()
                .filter(history -> Integer.parseInt(history.entity().substring(7)) >= entities / 2)
                .mapToLong(EntityHistory::count)
                .sum();
        assertThat((double) late / sampler.sampledRows()).isBetween(0.3, 0.7);
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                assertThat(run.times()[run.count() - 1] - run.times()[0]).isEqualTo(run.count() - 1);
            }
        }
    }

    private static int[] counts(RandomGenerator random, int entities, int most) {
        int[] counts = new int[entities];
        Arrays.setAll(counts, e -> random.nextInt(1, most));
        return counts;
    }

    private static List<List<Long>> rows(long seed, int maxRows, int[] counts, RandomGenerator random) {
        BlockSampler sampler = new BlockSampler(FEATURES, maxRows, 100, seed);
        offer(sampler, counts, random);
        return places(sampler.histories());
    }

    /** Offers rows of each entity: each entity's rows in order, the entities in random order. */
    private static void offer(BlockSampler sampler, int[] counts, RandomGenerator random) {
        int[] next = new int[counts.length];
        List<Integer> open = new ArrayList<>();
        for (int e = 0; e < counts.length; e++) {
            open.add(e);
        }
        while (!open.isEmpty()) {
            int index = random.nextInt(open.size());
            int e = open.get(index);
            int burst = random.nextInt(1, 400);
            for (int i = 0; i < burst && next[e] < counts[e]; i++) {
                sampler.add("entity-" + e, next[e], new float[] {e, next[e]});
                next[e]++;
            }
            if (next[e] == counts[e]) {
                open.remove(index);
            }
        }
    }

    private static List<List<Long>> places(List<EntityHistory> histories) {
        List<List<Long>> places = new ArrayList<>();
        for (EntityHistory history : histories) {
            List<Long> times = new ArrayList<>();
            for (Run run : history.runs()) {
                Arrays.stream(run.times()).forEach(times::add);
            }
            places.add(times);
        }
        return places;
    }

    private static void assertConsecutive(List<EntityHistory> histories) {
        for (EntityHistory history : histories) {
            long formerEnd = Long.MIN_VALUE;
            for (Run run : history.runs()) {
                assertThat(run.rows()).hasSize(run.count() * FEATURES);
                assertThat(run.times()[0] % BLOCK)
                        .as("a run starts with a block")
                        .isZero();
                assertThat(run.times()[0]).as("runs that touch are one").isGreaterThan(formerEnd);
                for (int i = 0; i < run.count(); i++) {
                    assertThat(run.times()[i]).isEqualTo(run.times()[0] + i);
                    assertThat("entity-" + (int) run.rows()[i * FEATURES]).isEqualTo(history.entity());
                    assertThat((long) run.rows()[i * FEATURES + 1]).isEqualTo(run.times()[i]);
                }
                formerEnd = run.times()[run.count() - 1] + 1;
            }
        }
    }
}
