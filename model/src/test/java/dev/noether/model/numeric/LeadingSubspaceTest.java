package dev.noether.model.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.series.SeriesSet;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class LeadingSubspaceTest extends RandomizedTest {

    @Test
    void theDirectionsAreOrthonormal() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 30; trial++) {
            int count = random.nextInt(1, 30);
            int length = random.nextInt(1, 20);
            int rank = random.nextInt(1, 12);
            SeriesSet rows = SeriesSet.of(normals(random, count * length), count, length);
            for (LeadingSubspace subspace : new LeadingSubspace[] {
                LeadingSubspace.aboutMean(rows, rank), LeadingSubspace.aboutOrigin(rows, rank)
            }) {
                double[][] directions = subspace.directions();
                assertThat(directions.length).isLessThanOrEqualTo(Math.min(rank, Math.min(count, length)));
                if (directions.length > 0) {
                    TextbookMatrices.assertClose(
                            TextbookMatrices.product(directions, TextbookMatrices.transpose(directions)),
                            TextbookMatrices.identity(directions.length),
                            1e-9);
                }
            }
        }
    }

    @Test
    void theErrorIsThatOfTheExactDecomposition() {
        RandomGenerator random = random();
        int count = 60;
        int length = 25;
        // The deviations of the columns fall, so that there is something to find.
        float[] values = normals(random, count * length);
        for (int index = 0; index < values.length; index++) {
            values[index] = 3 + values[index] * (float) Math.pow(0.8, index % length);
        }
        SeriesSet rows = SeriesSet.of(values, count, length);
        double[] mean = CovarianceMatrix.mean(values, count, length);
        double[] eigenvalues = SymmetricEigendecomposition.of(CovarianceMatrix.of(values, count, length, mean))
                .values();
        for (int rank = 1; rank <= 10; rank++) {
            double rest = 0;
            for (int index = rank; index < length; index++) {
                rest += eigenvalues[index] / length;
            }
            double error = LeadingSubspace.aboutMean(rows, rank).meanSquaredError(rows);
            assertThat(error).as("rank %d", rank).isBetween(rest * (1 - 1e-9), rest * 1.005);
        }
    }

    @Test
    void findsTheSpanOfRowsOfLowRank() {
        RandomGenerator random = random();
        int length = 14;
        double[][] span = TextbookMatrices.random(random, 3, length);
        SeriesSet rows = combinations(span, TextbookMatrices.random(random, 40, 3));
        LeadingSubspace subspace = LeadingSubspace.aboutOrigin(rows, 3);
        assertThat(subspace.meanSquaredError(rows)).isLessThan(1e-10);
        for (double[] vector : span) {
            double[] coordinates = TextbookMatrices.product(subspace.directions(), vector);
            assertThat(TextbookMatrices.norm(coordinates)).isCloseTo(TextbookMatrices.norm(vector), within(1e-5));
        }
    }

    @Test
    void anOffsetCountsAboutTheOriginAndNotAboutTheMean() {
        float[] values = new float[16 * 6];
        Arrays.fill(values, 5);
        SeriesSet constant = SeriesSet.of(values, 16, 6);
        assertThat(LeadingSubspace.aboutMean(constant, 2).directions()).isEmpty();
        double[][] directions = LeadingSubspace.aboutOrigin(constant, 2).directions();
        assertThat(directions).hasDimensions(1, 6);
        for (double value : directions[0]) {
            assertThat(Math.abs(value)).isCloseTo(1 / Math.sqrt(6), within(1e-12));
        }
        assertThat(LeadingSubspace.aboutMean(constant, 2).meanSquaredError(constant))
                .isCloseTo(0, within(1e-20));
    }

    @Test
    void theDirectionsComeInTheOrderOfFallingVariance() {
        SeriesSet rows = SeriesSet.of(normals(random(), 50 * 9), 50, 9);
        double[][] directions = LeadingSubspace.aboutOrigin(rows, 5).directions();
        double before = Double.POSITIVE_INFINITY;
        for (double[] direction : directions) {
            double squares = 0;
            for (int row = 0; row < rows.count(); row++) {
                squares += Math.pow(Vectors.dot(direction, rows.row(row)), 2);
            }
            assertThat(squares).isLessThanOrEqualTo(before);
            before = squares;
        }
    }

    @Test
    void theSameRowsGiveTheSameBits() {
        SeriesSet rows = SeriesSet.of(normals(random(), 30 * 8), 30, 8);
        assertThat(LeadingSubspace.aboutMean(rows, 4).directions())
                .isDeepEqualTo(LeadingSubspace.aboutMean(rows, 4).directions());
    }

    private static SeriesSet combinations(double[][] span, double[][] weights) {
        double[][] rows = TextbookMatrices.product(weights, span);
        float[] values = new float[rows.length * rows[0].length];
        double[] flat = TextbookMatrices.flat(rows);
        for (int index = 0; index < values.length; index++) {
            values[index] = (float) flat[index];
        }
        return SeriesSet.of(values, rows.length, rows[0].length);
    }
}
