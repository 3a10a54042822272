package dev.noether.model.numeric;

/** Sums over {@code double[]} vectors of equal length, in a fixed order, so that the same input gives the same bits. */
public final class Vectors {
    private Vectors() {}

    /** The inner product {@code ⟨left, right⟩}. */
    public static double dot(double[] left, double[] right) {
        return dot(left, right, 0);
    }

    /** The inner product of the elements from index {@code first} on. */
    static double dot(double[] left, double[] right, int first) {
        // Four sums, because the compiler must not reorder the additions of one.
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int index = first;
        for (; index + 3 < left.length; index += 4) {
            sum0 += left[index] * right[index];
            sum1 += left[index + 1] * right[index + 1];
            sum2 += left[index + 2] * right[index + 2];
            sum3 += left[index + 3] * right[index + 3];
        }
        for (; index < left.length; index++) {
            sum0 += left[index] * right[index];
        }
        return sum0 + sum1 + sum2 + sum3;
    }

    /** Adds {@code factor · vector} to the target. */
    public static void addMultiple(double[] target, double factor, double[] vector) {
        for (int index = 0; index < target.length; index++) {
            target[index] += factor * vector[index];
        }
    }
}
