package dev.noether.model.symmetry;

import java.util.Arrays;

/**
 * The normal equations of low-rank generators {@code G_k = U_k V_kᵀ} from small products, without the moved points.
 *
 * <p>With {@code p = VᵀP} and {@code q = Uᵀ(D − P)}, both {@code [rows, count × rank]}, and {@code UᵀU}, which is
 * {@code [count × rank, count × rank]}: M_kl is the sum over the columns a of k and b of l of {@code p_a (UᵀU)_ab p_b},
 * and b_k is the sum over the columns a of k of {@code p_a q_a}. Allocates nothing per call. Not thread-safe.
 */
final class LowRankNormalEquations {
    private final int count;
    private final int rank;
    private final int columns;
    private final float[] projected;
    private final float[] aligned;
    private final float[] gram;

    /**
     * Equations that read the given arrays at each call.
     *
     * @param projected p, not copied
     * @param aligned q, not copied
     */
    LowRankNormalEquations(int count, int rank, float[] projected, float[] aligned) {
        this.count = count;
        this.rank = rank;
        this.columns = count * rank;
        this.projected = projected;
        this.aligned = aligned;
        this.gram = new float[Math.multiplyExact(columns, columns)];
    }

    /** The array that the caller fills with {@code UᵀU}. */
    float[] gram() {
        return gram;
    }

    /**
     * Sums the equations over rows.
     *
     * @param matrix receives the lower triangle of M, {@code [count, count]}
     * @param vector receives b, {@code [count]}
     */
    void fill(int firstRow, int rows, double[] matrix, double[] vector) {
        Arrays.fill(matrix, 0);
        Arrays.fill(vector, 0);
        for (int row = firstRow; row < firstRow + rows; row++) {
            int offset = row * columns;
            for (int generator = 0; generator < count; generator++) {
                int first = generator * rank;
                double alignment = 0;
                for (int column = offset + first; column < offset + first + rank; column++) {
                    alignment += projected[column] * aligned[column];
                }
                vector[generator] += alignment;
                addProducts(offset, generator, matrix);
            }
        }
    }

    /**
     * Adds the products of a generator with itself and each generator before it, for the row at an offset. Four columns
     * a at a time, so that their p stay in registers.
     */
    private void addProducts(int offset, int generator, double[] matrix) {
        int end = (generator + 1) * rank;
        int column = generator * rank;
        for (; column + 4 <= end; column += 4) {
            for (int other = 0; other <= generator; other++) {
                matrix[generator * count + other] += sumOfFour(offset, column, other * rank);
            }
        }
        for (; column < end; column++) {
            for (int other = 0; other <= generator; other++) {
                matrix[generator * count + other] += sumOfOne(offset, column, other * rank);
            }
        }
    }

    private float sumOfFour(int offset, int column, int first) {
        float p0 = projected[offset + column];
        float p1 = projected[offset + column + 1];
        float p2 = projected[offset + column + 2];
        float p3 = projected[offset + column + 3];
        int row = column * columns;
        int end = first + rank;
        float sum = 0;
        int other = first;
        // Four columns b at a time as well: the overhead of a loop over so few values exceeds its work.
        for (; other + 4 <= end; other += 4) {
            sum += weighted(p0, p1, p2, p3, row + other) * projected[offset + other]
                    + weighted(p0, p1, p2, p3, row + other + 1) * projected[offset + other + 1]
                    + (weighted(p0, p1, p2, p3, row + other + 2) * projected[offset + other + 2]
                            + weighted(p0, p1, p2, p3, row + other + 3) * projected[offset + other + 3]);
        }
        for (; other < end; other++) {
            sum += weighted(p0, p1, p2, p3, row + other) * projected[offset + other];
        }
        return sum;
    }

    private float weighted(float p0, float p1, float p2, float p3, int index) {
        return p0 * gram[index]
                + p1 * gram[index + columns]
                + (p2 * gram[index + 2 * columns] + p3 * gram[index + 3 * columns]);
    }

    private float sumOfOne(int offset, int column, int first) {
        float sum = 0;
        for (int other = first; other < first + rank; other++) {
            sum += gram[column * columns + other] * projected[offset + other];
        }
        return sum * projected[offset + column];
    }
}
