package dev.noether.incident.silence;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Detects features that the entities of a subtask reported and no entity reports any more. Measured in event time.
 *
 * <p>A feature is missing if at least {@value #MIN_ROWS} rows in a row lack it and its newest value is older than the
 * limit: four times the longest time between two of its values, and at least a given time. Before {@value #MIN_VALUES}
 * values, the limit is an hour: a feature that is reported once an hour must not count as missing after each start.
 *
 * <p>Not thread safe; {@link #observe} allocates nothing.
 */
public final class FeaturePresence {
    /** Number of rows without a feature after which it can be missing. */
    static final int MIN_ROWS = 20;

    /** Number of values after which the rhythm of a feature is known. */
    static final int MIN_VALUES = 20;

    private static final long UNKNOWN_RHYTHM_MILLIS = 3_600_000;
    private static final int GAPS_ALLOWED = 4;
    private static final long NEVER = Long.MIN_VALUE;

    private final List<String> features;
    private final Map<String, Integer> positions = new HashMap<>();
    private final long shortestMillis;
    private final long[] newestValue;
    private final long[] longestGap;
    private final long[] values;
    private final long[] rowsWithout;
    private final boolean[] isLacking;
    private boolean hasIncompleteRow;
    private long completeRows;
    private long newestComplete = NEVER;
    private long newest = NEVER;

    /**
     * Makes a detector.
     *
     * @param features names of the features
     * @param shortestMillis shortest time without a value after which a feature is missing, milliseconds
     */
    public FeaturePresence(List<String> features, long shortestMillis) {
        this.features = List.copyOf(features);
        this.shortestMillis = shortestMillis;
        for (int i = 0; i < features.size(); i++) {
            positions.put(features.get(i), i);
        }
        newestValue = new long[features.size()];
        Arrays.fill(newestValue, NEVER);
        longestGap = new long[features.size()];
        values = new long[features.size()];
        rowsWithout = new long[features.size()];
        isLacking = new boolean[features.size()];
    }

    /**
     * Adds a row.
     *
     * @param time event time, milliseconds
     * @param lacking names of the features without a value, usually none
     */
    public void observe(long time, List<String> lacking) {
        if (newest == NEVER) {
            // A feature without any value counts from the first row on.
            Arrays.fill(newestValue, time);
        }
        newest = Math.max(newest, time);
        if (lacking.isEmpty()) {
            if (hasIncompleteRow) {
                hasIncompleteRow = false;
                Arrays.fill(isLacking, false);
                addValues(time);
            }
            completeRows++;
            newestComplete = Math.max(newestComplete, time);
            return;
        }
        addCompleteRows();
        hasIncompleteRow = true;
        Arrays.fill(isLacking, false);
        for (int i = 0; i < lacking.size(); i++) {
            Integer position = positions.get(lacking.get(i));
            if (position != null) {
                isLacking[position] = true;
            }
        }
        addValues(time);
    }

    /** The rows without a missing value since the last row with one. */
    private void addCompleteRows() {
        if (completeRows == 0) {
            return;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] += completeRows;
            newestValue[i] = Math.max(newestValue[i], newestComplete);
            rowsWithout[i] = 0;
        }
        completeRows = 0;
    }

    private void addValues(long time) {
        for (int i = 0; i < values.length; i++) {
            if (isLacking[i]) {
                rowsWithout[i]++;
            } else {
                longestGap[i] = Math.max(longestGap[i], time - newestValue[i]);
                newestValue[i] = Math.max(newestValue[i], time);
                values[i]++;
                rowsWithout[i] = 0;
            }
        }
    }

    /** Returns whether any row had a value of a feature. */
    public boolean hasValue(int feature) {
        return values[feature] > 0 || completeRows > 0;
    }

    /** Returns whether no row has a value of a feature any more; false for an unknown name. */
    public boolean isMissing(String feature) {
        Integer position = positions.get(feature);
        return position != null && isMissing(position);
    }

    /** Returns whether no row has a value of a feature any more. */
    public boolean isMissing(int feature) {
        if (!hasIncompleteRow || rowsWithout[feature] < MIN_ROWS) {
            return false;
        }
        long limit = values[feature] < MIN_VALUES
                ? UNKNOWN_RHYTHM_MILLIS
                : GAPS_ALLOWED * Math.min(longestGap[feature], Long.MAX_VALUE / GAPS_ALLOWED);
        return newest - newestValue[feature] > Math.max(shortestMillis, limit);
    }

    /** Returns the event time of the newest value of a missing feature, or of the first row if it had no value. */
    public long newestValue(int feature) {
        return newestValue[feature];
    }

    /** Returns the event time of the newest row, milliseconds; {@link Long#MIN_VALUE} before the first. */
    public long newest() {
        return newest;
    }

    /** Returns the number of features. */
    public int size() {
        return features.size();
    }

    /** Returns the name of a feature. */
    public String name(int feature) {
        return features.get(feature);
    }
}
