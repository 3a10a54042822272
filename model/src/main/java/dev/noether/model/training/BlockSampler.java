package dev.noether.model.training;

import dev.noether.model.training.EntityHistory.Run;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Keeps a bounded sample of a history that may be of any length: whole blocks of consecutive rows, so that windows can be
 * cut from what is kept.
 *
 * <p>Each block of an entity has a pseudo-random priority of its own (a hash of seed, entity and number), and the blocks of
 * lowest priority that fit together are kept. Since a block's priority depends on nothing else, the sample depends only on
 * the rows of each entity and their order, not on how the entities are interleaved: the same topic gives the same sample
 * whatever the parallelism of the reader.
 *
 * <p>Not thread safe.
 */
public final class BlockSampler {
    /** Rows in a block: windows are lost at its start only, and an evening of minutes stays together. */
    public static final int BLOCK_ROWS = 256;

    private final int features;
    private final int maxRows;
    private final long seed;
    private final Map<String, Entity> entities = new HashMap<>();
    private final PriorityQueue<Block> kept = new PriorityQueue<>(Block.BY_PRIORITY.reversed());
    private long seen;
    private int held;
    private long ceiling = Long.MAX_VALUE;

    /**
     * Makes an empty sample.
     *
     * @param features values in a row, at least 1
     * @param maxRows rows kept at most, at least {@link #BLOCK_ROWS}
     * @param seed of the choice
     */
    public BlockSampler(int features, int maxRows, long seed) {
        if (features < 1 || maxRows < BLOCK_ROWS) {
            throw new IllegalArgumentException("`features` must be at least 1 and `maxRows` at least " + BLOCK_ROWS
                    + " (got " + features + " and " + maxRows + ")");
        }
        this.features = features;
        this.maxRows = maxRows;
        this.seed = seed;
    }

    /**
     * Takes a row into account.
     *
     * @param entity whose row
     * @param time its event time
     * @param row its values; copied
     */
    public void add(String entity, long time, float[] row) {
        seen++;
        Entity of = entities.computeIfAbsent(entity, Entity::new);
        long number = of.rows++ / BLOCK_ROWS;
        if (of.current == null || of.current.number != number) {
            of.current = new Block(of, number, priority(entity, number));
            if (of.current.priority < ceiling) {
                kept.add(of.current);
            }
        }
        Block block = of.current;
        if (block.priority < ceiling) {
            block.append(time, row, features);
            held++;
            while (held > maxRows) {
                Block dropped = kept.remove();
                ceiling = dropped.priority;
                held -= dropped.count;
                dropped.drop();
            }
        }
    }

    /** Rows that were offered. */
    public long seen() {
        return seen;
    }

    /** Rows that are kept. */
    public int held() {
        return held;
    }

    /** Entities that were seen. */
    public int entities() {
        return entities.size();
    }

    /** The sample, by entity in order of name; entities without a kept row are left out. */
    public List<EntityHistory> histories() {
        Map<String, List<Block>> byEntity = new TreeMap<>();
        for (Block block : kept) {
            if (block.count > 0) {
                byEntity.computeIfAbsent(block.entity.name, name -> new ArrayList<>())
                        .add(block);
            }
        }
        List<EntityHistory> histories = new ArrayList<>();
        byEntity.forEach((name, blocks) -> histories.add(new EntityHistory(name, runs(blocks))));
        return histories;
    }

    private List<Run> runs(List<Block> blocks) {
        blocks.sort(Comparator.comparingLong(block -> block.number));
        List<Run> runs = new ArrayList<>();
        List<Run> neighbours = new ArrayList<>();
        long next = -1;
        for (Block block : blocks) {
            if (block.number != next && !neighbours.isEmpty()) {
                runs.add(Run.joined(neighbours));
                neighbours.clear();
            }
            neighbours.add(block.run(features));
            next = block.number + 1;
        }
        runs.add(Run.joined(neighbours));
        return runs;
    }

    private long priority(String entity, long number) {
        long hash = seed * 0x9E3779B97F4A7C15L + number;
        for (byte b : entity.getBytes(StandardCharsets.UTF_8)) {
            hash = mix(hash ^ b);
        }
        // Never Long.MAX_VALUE, so that every block is below the first ceiling.
        return mix(hash) >> 1;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    private static final class Entity {
        private final String name;
        private long rows;
        private @org.jspecify.annotations.Nullable Block current;

        Entity(String name) {
            this.name = name;
        }
    }

    private static final class Block {
        /** Ties of 63-bit hashes are broken by name and number, so that the order is total. */
        static final Comparator<Block> BY_PRIORITY = Comparator.<Block>comparingLong(block -> block.priority)
                .thenComparing(block -> block.entity.name)
                .thenComparingLong(block -> block.number);

        private final Entity entity;
        private final long number;
        private final long priority;
        private long[] times = new long[16];
        private float[] rows = {};
        private int count;

        Block(Entity entity, long number, long priority) {
            this.entity = entity;
            this.number = number;
            this.priority = priority;
        }

        void append(long time, float[] row, int features) {
            if (count == times.length) {
                times = Arrays.copyOf(times, Math.min(2 * count, BLOCK_ROWS));
            }
            if (rows.length < (count + 1) * features) {
                rows = Arrays.copyOf(rows, times.length * features);
            }
            times[count] = time;
            System.arraycopy(row, 0, rows, count * features, features);
            count++;
        }

        void drop() {
            times = new long[0];
            rows = new float[0];
            count = 0;
        }

        Run run(int features) {
            return new Run(Arrays.copyOf(times, count), Arrays.copyOf(rows, count * features));
        }
    }
}
