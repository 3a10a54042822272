package dev.noether.model.feature;

import java.util.List;

/**
 * Fills in what observations lack: NaN is a missing value. Allocates nothing per row. Immutable; thread safe.
 */
public final class Imputation {
    private final MissingPolicy[] policies;

    /** What is usual of a feature. */
    @FunctionalInterface
    public interface Usual {
        /** The usual value of a feature in its own unit; NaN where nothing is known. */
        float value(int feature);
    }

    /** An imputation with a policy for each feature. */
    public Imputation(List<MissingPolicy> policies) {
        this.policies = policies.toArray(new MissingPolicy[0]);
    }

    /** Whether a row lacks anything. */
    public static boolean isNeeded(float[] row) {
        // A sum is NaN if a summand is, and needs no branch; infinite values are not in rows. Four sums side by side:
        // one
        // alone would wait for each addition before it starts the next.
        float first = 0;
        float second = 0;
        float third = 0;
        float fourth = 0;
        int last = row.length - 3;
        int j = 0;
        for (; j < last; j += 4) {
            first += row[j] * 0;
            second += row[j + 1] * 0;
            third += row[j + 2] * 0;
            fourth += row[j + 3] * 0;
        }
        for (; j < row.length; j++) {
            first += row[j] * 0;
        }
        return first + second + (third + fourth) != 0;
    }

    /**
     * Fills a row in.
     *
     * @param row its values, NaN where missing
     * @param before the entity's rows before it; may be empty
     * @param usual what is usual of the entity
     * @param filled receives the row without NaN
     * @param missing receives whether each feature was missing
     */
    public void fill(float[] row, WindowBuffer before, Usual usual, float[] filled, boolean[] missing) {
        int newest = before.size() - 1;
        for (int j = 0; j < policies.length; j++) {
            missing[j] = Float.isNaN(row[j]);
            filled[j] =
                    missing[j] ? value(j, newest < 0 ? Float.NaN : before.value(newest, j), usual.value(j)) : row[j];
        }
    }

    /** What is not known is replaced by what is; where nothing is known at all, by 0. */
    private float value(int feature, float last, float usual) {
        if (Float.isNaN(usual)) {
            return Float.isNaN(last) ? 0 : last;
        }
        return policies[feature].value(Float.isNaN(last) ? usual : last, usual);
    }
}
