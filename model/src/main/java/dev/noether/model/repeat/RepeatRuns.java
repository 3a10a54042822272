package dev.noether.model.repeat;

import dev.noether.model.feature.WindowBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The present runs of equal values of an entity: two bytes for each feature, and no array while every checked feature
 * changes, which is the common case. Not thread safe.
 */
public final class RepeatRuns {
    private static final short[] NONE = {};
    /** Largest count of a run. */
    private static final int LONGEST = Short.MAX_VALUE;

    /** Number of repetitions of each feature's value; empty if no value repeats. */
    private short[] repeats;

    /** Makes an entity without repetitions. */
    public RepeatRuns() {
        this(NONE);
    }

    private RepeatRuns(short[] repeats) {
        this.repeats = repeats;
    }

    /** Restores an entity from {@link #repeats}. */
    public static RepeatRuns of(short... repeats) {
        return repeats.length == 0 ? new RepeatRuns() : new RepeatRuns(repeats.clone());
    }

    /** The number of repetitions of each feature's value; empty if no value repeats. A copy. */
    public short[] repeats() {
        return repeats.clone();
    }

    /** An independent copy. */
    public RepeatRuns copy() {
        return of(repeats);
    }

    /**
     * Counts the newest row of an entity's window. Allocates only when a feature begins to repeat.
     *
     * @param window window of the entity
     * @param limits limits of the model that judges the row
     * @param filledIn whether each feature was missing; null if none was. A missing value does not change its run
     * @return whether a feature is stuck
     */
    public boolean observe(WindowBuffer window, RepeatLimits limits, boolean @Nullable [] filledIn) {
        int newest = window.size() - 1;
        if (newest < 1) {
            return false;
        }
        if (repeats.length == 0) {
            if (!window.repeatsAny(newest, limits.checkedFeatures())) {
                return false;
            }
            repeats = new short[window.features()];
        }
        return count(window, newest, limits, filledIn);
    }

    private boolean count(WindowBuffer window, int newest, RepeatLimits limits, boolean @Nullable [] filledIn) {
        boolean allChange = true;
        boolean isAnyStuck = false;
        for (int j = 0; j < repeats.length; j++) {
            int limit = limits.limit(j);
            if (limit == 0) {
                repeats[j] = 0;
            } else if (filledIn == null || !filledIn[j]) {
                boolean same = window.value(newest, j) == window.value(newest - 1, j);
                repeats[j] = (short) (same ? Math.min(repeats[j] + 1, LONGEST) : 0);
            }
            isAnyStuck |= limit > 0 && rows(j) >= limit;
            allChange &= repeats[j] == 0;
        }
        if (allChange) {
            repeats = NONE;
        }
        return isAnyStuck;
    }

    /** The number of consecutive rows, up to the newest, with the feature's present value. */
    public int rows(int feature) {
        return repeats.length == 0 ? 1 : repeats[feature] + 1;
    }

    /** The features that are stuck. Allocates. */
    public int[] stuck(RepeatLimits limits) {
        return Arrays.stream(limits.checkedFeatures())
                .filter(feature -> rows(feature) >= limits.limit(feature))
                .toArray();
    }
}
