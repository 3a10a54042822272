package dev.noether.model.alarm;

import java.util.Arrays;
import java.util.List;

/** Held-out scores of all entities in ascending order. Immutable. */
final class SortedScores {
    private final float[] ascending;

    private SortedScores(float[] ascending) {
        this.ascending = ascending;
    }

    static SortedScores of(List<float[]> perEntity) {
        int count = 0;
        for (float[] scores : perEntity) {
            count += scores.length;
        }
        if (count == 0) {
            throw new IllegalArgumentException("`heldOut` must hold at least one score (got none)");
        }
        float[] all = new float[count];
        int filled = 0;
        for (float[] scores : perEntity) {
            System.arraycopy(scores, 0, all, filled, scores.length);
            filled += scores.length;
        }
        Arrays.sort(all);
        if (!Float.isFinite(all[0]) || !Float.isFinite(all[count - 1])) {
            throw new IllegalArgumentException(
                    "`heldOut` must be finite (got " + all[0] + " to " + all[count - 1] + ")");
        }
        return new SortedScores(all);
    }

    int size() {
        return ascending.length;
    }

    double highest() {
        return ascending[ascending.length - 1];
    }

    /** The score that a share of the scores reach, interpolated linearly, within the range of the scores. */
    double reachedBy(double share) {
        double rank = Math.max(1, Math.min(ascending.length, share * (ascending.length + 1)));
        int above = (int) rank;
        double upper = ascending[ascending.length - above];
        double lower = ascending[Math.max(0, ascending.length - above - 1)];
        return upper + (rank - above) * (lower - upper);
    }

    /** The number of scores that are at least as high as a level. */
    int reaching(double level) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < level) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return ascending.length - low;
    }

    /** The excesses of the scores above a level, ascending. */
    double[] exceedances(double level) {
        int first = firstAbove(level);
        double[] exceedances = new double[ascending.length - first];
        for (int i = 0; i < exceedances.length; i++) {
            exceedances[i] = ascending[first + i] - level;
        }
        return exceedances;
    }

    int distinctAbove(double level) {
        int distinct = 0;
        for (int i = firstAbove(level); i < ascending.length; i++) {
            distinct += i == 0 || ascending[i] > ascending[i - 1] ? 1 : 0;
        }
        return distinct;
    }

    private int firstAbove(double level) {
        int first = ascending.length;
        while (first > 0 && ascending[first - 1] > level) {
            first--;
        }
        return first;
    }
}
