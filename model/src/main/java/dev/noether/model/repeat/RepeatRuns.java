package dev.noether.model.repeat;

import dev.noether.model.feature.WindowBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The runs of equal values that an entity is in: two bytes for each feature, and none at all while every watched feature moves,
 * which is nearly always. Not thread safe.
 */
public final class RepeatRuns {
    private static final short[] NONE = {};
    /** Runs are counted no further. */
    private static final int LONGEST = Short.MAX_VALUE;

    /** By feature, how often its value has come again; empty where none has. */
    private short[] repeats;

    /** An entity in which everything moves. */
    public RepeatRuns() {
        this(NONE);
    }

    private RepeatRuns(short[] repeats) {
        this.repeats = repeats;
    }

    /** Goes on with {@link #repeats}. */
    public static RepeatRuns of(short... repeats) {
        return repeats.length == 0 ? new RepeatRuns() : new RepeatRuns(repeats.clone());
    }

    /** By feature, how often its value has come again; empty where every one moves. */
    public short[] repeats() {
        return repeats.clone();
    }

    /** An independent copy. */
    public RepeatRuns copy() {
        return of(repeats);
    }

    /**
     * Sees the newest row of an entity, which is in its window. Allocates nothing but where features begin to stand still.
     *
     * @param window of the entity
     * @param limits of the model that judges the row
     * @param filledIn whether each feature was missing; null where none was. Such a one neither moves nor stands still
     * @return whether a feature has come too often with one value
     */
    public boolean observe(WindowBuffer window, RepeatLimits limits, boolean @Nullable [] filledIn) {
        int newest = window.size() - 1;
        if (newest < 1) {
            return false;
        }
        if (repeats.length == 0) {
            if (!window.repeatsAny(newest, limits.watched())) {
                return false;
            }
            repeats = new short[window.features()];
        }
        return count(window, newest, limits, filledIn);
    }

    private boolean count(WindowBuffer window, int newest, RepeatLimits limits, boolean @Nullable [] filledIn) {
        boolean moves = true;
        boolean stuck = false;
        for (int j = 0; j < repeats.length; j++) {
            int limit = limits.limit(j);
            if (limit == 0) {
                repeats[j] = 0;
            } else if (filledIn == null || !filledIn[j]) {
                boolean same = window.value(newest, j) == window.value(newest - 1, j);
                repeats[j] = (short) (same ? Math.min(repeats[j] + 1, LONGEST) : 0);
            }
            stuck |= limit > 0 && rows(j) >= limit;
            moves &= repeats[j] == 0;
        }
        if (moves) {
            repeats = NONE;
        }
        return stuck;
    }

    /** In how many rows in a row, the newest included, the feature had one value. */
    public int rows(int feature) {
        return repeats.length == 0 ? 1 : repeats[feature] + 1;
    }

    /** The features that have come too often with one value. Allocates. */
    public int[] stuck(RepeatLimits limits) {
        return Arrays.stream(limits.watched())
                .filter(feature -> rows(feature) >= limits.limit(feature))
                .toArray();
    }
}
