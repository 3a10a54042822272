package dev.noether.model.training;

import dev.noether.model.training.EntityHistory.Run;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes a sample of bounded size from a history of any length. The sample consists of whole blocks of consecutive rows,
 * so that windows can be cut from it.
 *
 * <p>Each block of an entity has a pseudo-random priority, a hash of seed, entity and block number. The sample has the
 * blocks of lowest priority that fit into it. It depends only on the rows of each entity and their order, not on the
 * order of the entities: one topic yields one sample at any parallelism of the reader.
 *
 * <p>Not thread safe.
 */
public final class BlockSampler {
    /** Rows in a block. The block costs a few windows at its start, and spans four hours of one row per minute. */
    public static final int BLOCK_ROWS = 256;

    private final int features;
    private final int maxRows;
    private final long seed;
    private final Map<String, Entity> entities = new HashMap<>();
    private final PriorityQueue<SampledBlock> sample = new PriorityQueue<>(SampledBlock.BY_PRIORITY.reversed());
    private long offeredRows;
    private int sampledRows;
    private long ceiling = Long.MAX_VALUE;

    /**
     * Makes an empty sample.
     *
     * @param features values in a row, at least 1
     * @param maxRows largest number of rows in the sample, at least {@link #BLOCK_ROWS}
     * @param seed seed of the priorities
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
     * Offers a row to the sample.
     *
     * @param entity name of the entity
     * @param time event time
     * @param row values of the row; copied
     */
    public void add(String entity, long time, float[] row) {
        offeredRows++;
        Entity owner = entities.computeIfAbsent(entity, Entity::new);
        long number = owner.rows++ / BLOCK_ROWS;
        SampledBlock block = owner.newest;
        if (block == null || block.number() != number) {
            block = new SampledBlock(entity, number, priority(entity, number));
            owner.newest = block;
            if (block.priority() < ceiling) {
                sample.add(block);
            }
        }
        if (block.priority() < ceiling) {
            block.append(time, row, features);
            sampledRows++;
            while (sampledRows > maxRows) {
                SampledBlock dropped = sample.remove();
                ceiling = dropped.priority();
                sampledRows -= dropped.count();
                dropped.release();
            }
        }
    }

    /** The number of rows that were offered. */
    public long offeredRows() {
        return offeredRows;
    }

    /** The number of rows in the sample. */
    public int sampledRows() {
        return sampledRows;
    }

    /** The number of entities with an offered row. */
    public int entities() {
        return entities.size();
    }

    /** The sample, by entity in order of name, without entities that have no row in it. */
    public List<EntityHistory> histories() {
        Map<String, List<SampledBlock>> byEntity = new TreeMap<>();
        for (SampledBlock block : sample) {
            if (block.count() > 0) {
                byEntity.computeIfAbsent(block.entity(), name -> new ArrayList<>())
                        .add(block);
            }
        }
        List<EntityHistory> histories = new ArrayList<>();
        byEntity.forEach((name, blocks) -> histories.add(new EntityHistory(name, runs(blocks))));
        return histories;
    }

    private List<Run> runs(List<SampledBlock> blocks) {
        blocks.sort(Comparator.comparingLong(SampledBlock::number));
        List<Run> runs = new ArrayList<>();
        List<Run> neighbours = new ArrayList<>();
        long next = -1;
        for (SampledBlock block : blocks) {
            if (block.number() != next && !neighbours.isEmpty()) {
                runs.add(Run.joined(neighbours));
                neighbours.clear();
            }
            neighbours.add(block.run(features));
            next = block.number() + 1;
        }
        runs.add(Run.joined(neighbours));
        return runs;
    }

    private long priority(String entity, long number) {
        long hash = seed * 0x9E3779B97F4A7C15L + number;
        for (byte b : entity.getBytes(StandardCharsets.UTF_8)) {
            hash = mix(hash ^ b);
        }
        // Less than Long.MAX_VALUE, so that every block is below the initial ceiling.
        return mix(hash) >> 1;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** An entity and its newest block. */
    private static final class Entity {
        private final String name;
        private long rows;
        private @Nullable SampledBlock newest;

        Entity(String name) {
            this.name = name;
        }
    }
}
