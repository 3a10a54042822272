package dev.noether.flink.scoring;

/**
 * The present runs of missing values of an entity: the number of its newest rows without a value of each feature. No array
 * while all features have values, which is the common case. Not thread safe.
 */
final class MissingRuns {
    private static final short[] NONE = {};
    private short[] rows = NONE;

    /** Whether the newest row has all values. */
    boolean isNone() {
        return rows.length == 0;
    }

    /** Returns the number of consecutive rows without a value of a feature. */
    int rows(int feature) {
        return rows.length == 0 ? 0 : rows[feature];
    }

    /** Counts a row; {@code [features]}, whether each value is missing. Allocates when a run begins. */
    void count(boolean[] isMissing) {
        if (rows.length == 0) {
            rows = new short[isMissing.length];
        }
        boolean isAny = false;
        for (int j = 0; j < rows.length; j++) {
            rows[j] = (short) (isMissing[j] ? Math.min(rows[j] + 1, Short.MAX_VALUE) : 0);
            isAny |= isMissing[j];
        }
        if (!isAny) {
            rows = NONE;
        }
    }

    /** Returns the numbers; empty if the newest row has all values. Not a copy. */
    short[] rows() {
        return rows;
    }

    /** Sets the numbers. */
    void set(short[] numbers) {
        rows = numbers.clone();
    }
}
