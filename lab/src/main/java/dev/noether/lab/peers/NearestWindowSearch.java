package dev.noether.lab.peers;

import java.util.Arrays;

/**
 * An exact search for the nearest known window of each searched window. All pairs are compared, in O(known · searched)
 * whatever the length of a window is: two windows that both move on by one row keep all products but two, so that the
 * product of a pair comes from the pair before it on its diagonal. That is STOMP (Zhu et al., "Matrix Profile II", ICDM
 * 2016) with the centred update of SCAMP (Zimmerman et al., "Matrix Profile XIV", SoCC 2019):
 *
 * <pre>
 *     p(i, j) = p(i − 1, j − 1) + h_i e_j + e_i h_j
 * </pre>
 *
 * with h half of the difference of the row that enters and the row that leaves, and e the sum of both after centring.
 * In double precision; every {@value #RESTART} steps the products are computed afresh, so that rounding errors stay
 * small. For one search, on one thread.
 */
final class NearestWindowSearch {
    /** Diagonals that are followed together: their products stay in the processor's cache. */
    private static final int DIAGONALS = 2048;

    private static final int RESTART = 4096;

    private final NormalizedWindows known;
    private final NormalizedWindows searched;
    private final double[] products = new double[DIAGONALS];
    private final double[] nearest;

    private NearestWindowSearch(NormalizedWindows known, NormalizedWindows searched) {
        this.known = known;
        this.searched = searched;
        nearest = new double[searched.count()];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    }

    /** Returns the squared distance of each searched window to its nearest known window, after normalisation. */
    static double[] squaredDistances(NormalizedWindows known, NormalizedWindows searched) {
        NearestWindowSearch search = new NearestWindowSearch(known, searched);
        for (int diagonal = 1 - known.count(); diagonal < searched.count(); diagonal += DIAGONALS) {
            search.follow(diagonal, Math.min(diagonal + DIAGONALS, searched.count()));
        }
        double[] squares = searched.squares();
        for (int i = 0; i < squares.length; i++) {
            search.nearest[i] = Math.max(0, search.nearest[i] + squares[i]);
        }
        return search.nearest;
    }

    /** Follows the diagonals {@code [start, end)}; diagonal k pairs known window j with searched window j + k. */
    private void follow(int start, int end) {
        int first = Math.max(0, 1 - end);
        int last = Math.min(known.count(), searched.count() - start);
        for (int j = first; j < last; j++) {
            int from = Math.max(0, start + j);
            int to = Math.min(searched.count(), end + j);
            int shift = -start - j;
            int computed = (j - first) % RESTART == 0 ? to : from == 0 ? 1 : from;
            for (int i = from; i < computed; i++) {
                products[i + shift] = known.product(j, searched, i);
            }
            step(j, computed, to, shift);
            compare(j, from, to, shift);
        }
    }

    private void step(int j, int from, int to, int shift) {
        double halfStep = known.halfSteps()[j];
        double edgeSum = known.edgeSums()[j];
        double[] halfSteps = searched.halfSteps();
        double[] edgeSums = searched.edgeSums();
        for (int i = from; i < to; i++) {
            products[i + shift] += halfStep * edgeSums[i] + edgeSum * halfSteps[i];
        }
    }

    private void compare(int j, int from, int to, int shift) {
        double square = known.squares()[j];
        double factor = -2 * known.scales()[j];
        double[] scales = searched.scales();
        for (int i = from; i < to; i++) {
            nearest[i] = Math.min(nearest[i], square + factor * scales[i] * products[i + shift]);
        }
    }
}
