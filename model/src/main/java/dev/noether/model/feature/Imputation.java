package dev.noether.model.feature;

import java.util.List;

/**
 * Fills in missing values of observations, which are NaN. Allocates nothing per row. Immutable; thread safe.
 */
public final class Imputation {
    private final MissingPolicy[] policies;

    /** The usual values of an entity. */
    @FunctionalInterface
    public interface ValueSource {
        /** The usual value of a feature in its own unit; NaN if it is unknown. */
        double value(int feature);
    }

    /** Makes an imputation with a policy for each feature. */
    public Imputation(List<MissingPolicy> policies) {
        this.policies = policies.toArray(new MissingPolicy[0]);
    }

    /** Whether a row has a missing value. */
    public static boolean isNeeded(double[] row) {
        // The sum is NaN if a value is NaN, without a branch; rows have no infinite values. Four partial sums, because
        // with a single one each addition would wait for the previous one.
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
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
     * Fills in the missing values of a row.
     *
     * @param row values; NaN is missing
     * @param before earlier rows of the entity; may be empty
     * @param usualValues usual values of the entity
     * @param filled receives the row without NaN
     * @param missing receives whether each feature was missing
     */
    public void fill(double[] row, WindowBuffer before, ValueSource usualValues, double[] filled, boolean[] missing) {
        int newest = before.size() - 1;
        for (int j = 0; j < policies.length; j++) {
            missing[j] = Double.isNaN(row[j]);
            filled[j] = missing[j]
                    ? value(j, newest < 0 ? Double.NaN : before.rawValue(newest, j), usualValues.value(j))
                    : row[j];
        }
    }

    /** If either the last or the usual value is unknown, the other one is used; if both are, 0. */
    private double value(int feature, double last, double usualValue) {
        if (Double.isNaN(usualValue)) {
            return Double.isNaN(last) ? 0 : last;
        }
        return policies[feature].value(Double.isNaN(last) ? usualValue : last, usualValue);
    }
}
