package dev.noether.lab.evaluate.topic;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of a test, and before them the last rows of each entity's history, in bounded memory: if there are too many,
 * half of the entities are left out, by a hash of their names, and again. So the kept entities are complete. Not thread
 * safe.
 */
final class TestRows {
    /** Rows of the history that are scored first: enough to fill any window and to settle the entity's baseline. */
    static final int WARM_UP_ROWS = 1_000;

    private static final int MOST_OF_ONE = Integer.MAX_VALUE / 1_000;

    private final int width;
    private final long mostBytes;
    private final long resultBytes;
    private final Map<String, EntityRows> warmUp = new HashMap<>();
    private final Map<String, EntityRows> test = new TreeMap<>();
    private long bytes;
    /** Entities with a larger hash are left out. */
    private int largestHash = Integer.MAX_VALUE;
    /** Event time from which on rows are left out, because those of a single entity fill the memory. */
    private long full = Long.MAX_VALUE;

    /**
     * Makes an empty store.
     *
     * @param width number of features
     * @param mostBytes largest size, with that of the results
     * @param resultBytes bytes that the results of a test row will need
     */
    TestRows(int width, long mostBytes, long resultBytes) {
        this.width = width;
        this.mostBytes = mostBytes;
        this.resultBytes = resultBytes;
    }

    /** Adds a row of the history. */
    void addHistory(String entity, long time, double[] row) {
        if (isKept(entity) && add(warmUp, WARM_UP_ROWS, entity, time, row)) {
            bytes += EntityRows.rowBytes(width);
            halveUntilItFits(time);
        }
    }

    /** Adds a row of the test. */
    void addTest(String entity, long time, double[] row) {
        if (time < full && isKept(entity) && add(test, MOST_OF_ONE, entity, time, row)) {
            bytes += EntityRows.rowBytes(width) + resultBytes;
            halveUntilItFits(time);
        }
    }

    private boolean add(Map<String, EntityRows> rows, int most, String entity, long time, double[] row) {
        return rows.computeIfAbsent(entity, name -> new EntityRows(width, most)).add(time, row);
    }

    private void halveUntilItFits(long time) {
        while (bytes > mostBytes) {
            int[] hashes = kept();
            if (hashes.length <= 1 || hashes[0] == hashes[hashes.length - 1]) {
                full = Math.min(full, time);
                return;
            }
            int middle = hashes[(hashes.length - 1) / 2];
            largestHash = middle < hashes[hashes.length - 1] ? middle : middle - 1;
            warmUp.keySet().removeIf(entity -> !isKept(entity));
            test.keySet().removeIf(entity -> !isKept(entity));
            bytes = bytes(warmUp, 0) + bytes(test, resultBytes);
        }
    }

    /** The hashes of the entities, sorted. */
    private int[] kept() {
        return (test.size() > warmUp.size() ? test : warmUp)
                .keySet().stream().mapToInt(TestRows::hash).sorted().toArray();
    }

    private long bytes(Map<String, EntityRows> rows, long more) {
        return rows.values().stream()
                .mapToLong(one -> one.count() * (EntityRows.rowBytes(width) + more))
                .sum();
    }

    private boolean isKept(String entity) {
        return largestHash == Integer.MAX_VALUE || hash(entity) <= largestHash;
    }

    private static int hash(String entity) {
        long mixed = entity.hashCode() * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }

    /** The kept entities with test rows, by name. */
    Map<String, EntityRows> test() {
        return test;
    }

    /** The last rows of an entity's history. */
    EntityRows warmUp(String entity) {
        return warmUp.getOrDefault(entity, new EntityRows(width, WARM_UP_ROWS));
    }

    /** Whether entities were left out. */
    boolean isHalved() {
        return largestHash < Integer.MAX_VALUE;
    }

    /** Event time at which the test ends because of the memory, in words; empty if it does not. */
    String end() {
        return full == Long.MAX_VALUE ? "" : Instant.ofEpochMilli(full).toString();
    }
}
