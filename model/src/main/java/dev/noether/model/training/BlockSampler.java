package dev.noether.model.training;

import dev.noether.model.training.EntityHistory.Run;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes a sample of bounded size from a history of any length. The sample consists of whole blocks of consecutive rows,
 * so that windows can be cut from it.
 *
 * <p>Each block of an entity has a pseudo-random priority, a hash of seed, entity and block number. The sample has the
 * blocks of lowest priority that fit into it. It depends only on the rows of each entity and their order, not on the
 * order of the entities: one topic yields one sample at any parallelism of the reader.
 *
 * <p>Memory is bounded by the two limits, whatever the number of entities ({@link RowCounts}). Of entities beyond
 * {@code mostEntities} the blocks are shorter and depend on the order of the entities; they are as likely to be in the
 * sample.
 *
 * <p>Rows that a model found anomalous are in the sample, with a mark: whether they are trained on is known only at the
 * end, when they are counted. Rows of a maintenance take no place.
 *
 * <p>Not thread safe.
 */
public final class BlockSampler {
    /** Rows in a block. The block costs a few windows at its start, and spans four hours of one row per minute. */
    public static final int BLOCK_ROWS = 256;

    private final int features;
    private final int maxRows;
    private final long seed;
    private final RowCounts rowsOfEntities;
    /** The newest block of each entity, if it is in the sample. */
    private final Map<String, SampledBlock> newest = new HashMap<>();

    private final PriorityQueue<SampledBlock> sample = new PriorityQueue<>(SampledBlock.BY_PRIORITY.reversed());
    private final Map<LeftOutReason, Long> leftOut = new EnumMap<>(LeftOutReason.class);
    private long offeredRows;
    private int sampledRows;
    private long ceiling = Long.MAX_VALUE;

    /**
     * Makes an empty sample.
     *
     * @param features values in a row, at least 1
     * @param maxRows largest number of rows in the sample, at least {@link #BLOCK_ROWS}
     * @param mostEntities number of entities whose rows are counted one by one, at least 1
     * @param seed seed of the priorities
     */
    public BlockSampler(int features, int maxRows, int mostEntities, long seed) {
        if (features < 1 || maxRows < BLOCK_ROWS) {
            throw new IllegalArgumentException("`features` must be at least 1 and `maxRows` at least " + BLOCK_ROWS
                    + " (got " + features + " and " + maxRows + ")");
        }
        this.features = features;
        this.maxRows = maxRows;
        this.seed = seed;
        this.rowsOfEntities = new RowCounts(mostEntities);
    }

    /** Offers a row that is trained on; see {@link #add(String, long, double[], LeftOutReason)}. */
    public void add(String entity, long time, double[] row) {
        add(entity, time, row, null);
    }

    /** Offers a row in single precision that is trained on. */
    public void add(String entity, long time, float[] row) {
        double[] wide = new double[row.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = row[i];
        }
        add(entity, time, wide, null);
    }

    /**
     * Offers a row to the sample.
     *
     * @param entity name of the entity
     * @param time event time
     * @param row values of the row; copied
     * @param reason why the row is left out; null if it is not
     */
    public void add(String entity, long time, double[] row, @Nullable LeftOutReason reason) {
        offeredRows++;
        if (reason != null) {
            leftOut.merge(reason, 1L, Long::sum);
        }
        int rowsBefore = rowsOfEntities.next(entity);
        boolean isKept = reason == null || reason.isSampled();
        SampledBlock block = block(entity, rowsBefore, isKept);
        if (block == null) {
            return;
        }
        if (!isKept) {
            block.skip();
            return;
        }
        block.append(time, row, features, reason);
        sampledRows++;
        while (sampledRows > maxRows) {
            drop(sample.remove());
        }
    }

    /**
     * The block that a row of an entity belongs to; null if it is not in the sample.
     *
     * @param rowsBefore number of rows of the entity before this one
     * @param mayBegin whether the row may begin a block; else its block, if it is new, begins with a gap later
     */
    private @Nullable SampledBlock block(String entity, int rowsBefore, boolean mayBegin) {
        long number = rowsBefore / BLOCK_ROWS;
        SampledBlock block = newest.get(entity);
        if (block != null && block.number() == number) {
            return block;
        }
        if (!mayBegin) {
            return null;
        }
        long priority = priority(entity, number);
        if (priority >= ceiling) {
            if (block != null) {
                newest.remove(entity);
            }
            return null;
        }
        SampledBlock begun = new SampledBlock(entity, number, priority);
        if (rowsBefore % BLOCK_ROWS != 0) {
            begun.skip();
        }
        newest.put(entity, begun);
        sample.add(begun);
        return begun;
    }

    private void drop(SampledBlock dropped) {
        ceiling = dropped.priority();
        sampledRows -= dropped.count();
        dropped.release();
        newest.remove(dropped.entity(), dropped);
    }

    /** The number of rows that were offered. */
    public long offeredRows() {
        return offeredRows;
    }

    /** The number of rows in the sample. */
    public int sampledRows() {
        return sampledRows;
    }

    /** The number of entities with an offered row, at most {@code mostEntities}. */
    public int entities() {
        return rowsOfEntities.names();
    }

    /** The number of offered rows by the reason why they are left out; only reasons with a row. */
    public Map<LeftOutReason, Long> leftOutRows() {
        return Collections.unmodifiableMap(leftOut);
    }

    /** The sample without all rows that are left out; see {@link #histories(Predicate)}. */
    public List<EntityHistory> histories() {
        return histories(reason -> true);
    }

    /**
     * The sample, by entity in order of name, without entities that have no row in it.
     *
     * @param isLeftOut the reasons that count; rows with another one are returned too, except those of a maintenance
     */
    public List<EntityHistory> histories(Predicate<LeftOutReason> isLeftOut) {
        Map<String, List<SampledBlock>> byEntity = new TreeMap<>();
        for (SampledBlock block : sample) {
            byEntity.computeIfAbsent(block.entity(), name -> new ArrayList<>()).add(block);
        }
        List<EntityHistory> histories = new ArrayList<>();
        byEntity.forEach((name, blocks) -> {
            List<Run> runs = runs(blocks, isLeftOut);
            if (!runs.isEmpty()) {
                histories.add(new EntityHistory(name, runs));
            }
        });
        return histories;
    }

    private List<Run> runs(List<SampledBlock> blocks, Predicate<LeftOutReason> isLeftOut) {
        blocks.sort(Comparator.comparingLong(SampledBlock::number));
        RunCollector runs = new RunCollector();
        long next = -1;
        for (SampledBlock block : blocks) {
            if (block.number() != next) {
                runs.end();
            }
            block.collect(runs, features, isLeftOut);
            next = block.number() + 1;
        }
        return runs.runs();
    }

    private long priority(String entity, long number) {
        long hash = seed * 0x9E3779B97F4A7C15L + number;
        for (byte b : entity.getBytes(StandardCharsets.UTF_8)) {
            hash = RowCounts.mix(hash ^ b);
        }
        // Less than Long.MAX_VALUE, so that every block is below the initial ceiling.
        return RowCounts.mix(hash) >> 1;
    }
}
