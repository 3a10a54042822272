package dev.noether.model.symmetry.learned;

import dev.noether.model.numeric.SymmetricEigendecomposition;
import dev.noether.model.series.SeriesSet;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The leading principal directions of rows by block subspace iteration from a fixed random start (Halko, Martinsson and
 * Tropp, "Finding structure with randomness", 2011, Alg. 4.4): O(count · length · rank) where the full decomposition takes
 * O(count · length² + length³), at the price of a residual that is larger by a few parts in a thousand at worst.
 *
 * <p>Deterministic; immutable and thread-safe.
 */
final class LeadingSubspace {
    private static final int OVERSAMPLING = 8;
    private static final int ROUNDS = 5;
    private static final long SEED = 0x4E6F6574L;

    /** What is left of a direction that others already span, relative to its length. */
    private static final double DEPENDENT = 1e-10;

    private final double[] centre;
    private final double[][] directions;
    private final double[] variances;

    private LeadingSubspace(double[] centre, double[][] directions, double[] variances) {
        this.centre = centre;
        this.directions = directions;
        this.variances = variances;
    }

    /** About the mean of the rows; at most {@code rank} directions, fewer where the rows span less. */
    static LeadingSubspace aboutMean(SeriesSet rows, int rank) {
        double[] mean = new double[rows.length()];
        double[] row = new double[rows.length()];
        for (int index = 0; index < rows.count(); index++) {
            rows.copyRow(index, row);
            Matrices.addMultiple(mean, 1.0 / rows.count(), row);
        }
        return of(rows, mean, rank);
    }

    /** About the origin, which linear motions fix. */
    static LeadingSubspace aboutOrigin(SeriesSet rows, int rank) {
        return of(rows, new double[rows.length()], rank);
    }

    /** Unit vectors, {@code [≤ rank][length]}, in the order of falling variance. */
    double[][] directions() {
        return directions;
    }

    /** The mean square of the rows' coordinates along each direction. */
    double[] variances() {
        return variances;
    }

    /** The mean over rows and values of the squared distance from the subspace. */
    double meanSquaredError(SeriesSet rows) {
        double sum = 0;
        double[] row = new double[rows.length()];
        for (int index = 0; index < rows.count(); index++) {
            rows.copyRow(index, row);
            Matrices.addMultiple(row, -1, centre);
            double[] coordinates = Matrices.product(directions, row);
            sum += Math.max(0, Matrices.dot(row, row) - Matrices.dot(coordinates, coordinates));
        }
        return sum / rows.count() / rows.length();
    }

    private static LeadingSubspace of(SeriesSet rows, double[] centre, int rank) {
        int block = Math.min(rank + OVERSAMPLING, Math.min(rows.count(), rows.length()));
        double[][] basis = orthonormal(start(block, rows.length()));
        double[][] coordinateSquares = new double[block][block];
        for (int round = 0; round < ROUNDS; round++) {
            basis = orthonormal(image(rows, centre, basis, coordinateSquares));
        }
        image(rows, centre, basis, coordinateSquares);
        SymmetricEigendecomposition decomposition = SymmetricEigendecomposition.of(coordinateSquares);
        double[] squares = decomposition.values();
        double floor = Math.max(0, squares[0]) * DEPENDENT * DEPENDENT;
        int kept = 0;
        while (kept < Math.min(rank, block) && squares[kept] > floor) {
            kept++;
        }
        double[][] rotation = Arrays.copyOf(decomposition.vectors(), kept);
        double[] variances = new double[kept];
        for (int index = 0; index < kept; index++) {
            variances[index] = squares[index] / rows.count();
        }
        return new LeadingSubspace(centre, kept == 0 ? new double[0][] : Matrices.product(rotation, basis), variances);
    }

    private static double[][] start(int block, int length) {
        RandomGenerator random = new SplittableRandom(SEED);
        double[][] start = new double[block][length];
        for (double[] direction : start) {
            for (int column = 0; column < length; column++) {
                direction[column] = random.nextGaussian();
            }
        }
        return start;
    }

    /** XᵀX applied to the basis, X the centred rows; on the way, the products of the coordinates are summed. */
    private static double[][] image(SeriesSet rows, double[] centre, double[][] basis, double[][] coordinateSquares) {
        double[][] image = new double[basis.length][rows.length()];
        double[] row = new double[rows.length()];
        for (double[] squares : coordinateSquares) {
            Arrays.fill(squares, 0);
        }
        for (int index = 0; index < rows.count(); index++) {
            rows.copyRow(index, row);
            Matrices.addMultiple(row, -1, centre);
            double[] coordinates = Matrices.product(basis, row);
            for (int direction = 0; direction < basis.length; direction++) {
                Matrices.addMultiple(image[direction], coordinates[direction], row);
                Matrices.addMultiple(coordinateSquares[direction], coordinates[direction], coordinates);
            }
        }
        return image;
    }

    /** Gram and Schmidt, twice; a direction that the others span becomes zero. */
    private static double[][] orthonormal(double[][] vectors) {
        for (int index = 0; index < vectors.length; index++) {
            double[] vector = vectors[index];
            double before = Math.sqrt(Matrices.dot(vector, vector));
            for (int pass = 0; pass < 2; pass++) {
                for (int other = 0; other < index; other++) {
                    Matrices.addMultiple(vector, -Matrices.dot(vector, vectors[other]), vectors[other]);
                }
            }
            double length = Math.sqrt(Matrices.dot(vector, vector));
            double scale = length > DEPENDENT * before ? 1 / length : 0;
            for (int column = 0; column < vector.length; column++) {
                vector[column] *= scale;
            }
        }
        return vectors;
    }
}
