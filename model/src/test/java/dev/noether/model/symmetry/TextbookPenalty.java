package dev.noether.model.symmetry;

/**
 * Eq. 12 as the paper writes it, in double precision: each generator formed as a full matrix, each point moved by it, the
 * coefficients by Gaussian elimination. Shares nothing with the code under test.
 */
public final class TextbookPenalty {
    private final int width;
    private final int generators;
    private final int rank;
    private final int samples;

    public TextbookPenalty(int width, int generators, int rank, int samples) {
        this.width = width;
        this.generators = generators;
        this.rank = rank;
        this.samples = samples;
    }

    /** The μ of each sample, to be held constant while differentiating. */
    public double[] ridges(double[] left, double[] right, double[] pairs, double ridge) {
        double[] ridges = new double[samples];
        for (int sample = 0; sample < samples; sample++) {
            for (double[] moved : moved(left, right, pairs, sample)) {
                ridges[sample] += ridge * dot(moved, moved) / generators;
            }
        }
        return ridges;
    }

    /** R1 with the best coefficients. */
    public double value(double[] left, double[] right, double[] pairs, double[] ridges) {
        double sum = 0;
        for (int sample = 0; sample < samples; sample++) {
            double[][] moved = moved(left, right, pairs, sample);
            double[] difference = difference(pairs, sample);
            sum += loss(moved, difference, best(moved, difference, ridges[sample]), ridges[sample]);
        }
        return sum / (samples * width);
    }

    /** R1 with given coefficients, {@code [samples, generators]}. */
    public double value(double[] left, double[] right, double[] pairs, double[] ridges, double[] coefficients) {
        double sum = 0;
        for (int sample = 0; sample < samples; sample++) {
            double[] own = new double[generators];
            System.arraycopy(coefficients, sample * generators, own, 0, generators);
            sum += loss(moved(left, right, pairs, sample), difference(pairs, sample), own, ridges[sample]);
        }
        return sum / (samples * width);
    }

    private double loss(double[][] moved, double[] difference, double[] coefficients, double ridge) {
        double[] residual = difference.clone();
        for (int generator = 0; generator < generators; generator++) {
            for (int row = 0; row < width; row++) {
                residual[row] -= coefficients[generator] * moved[generator][row];
            }
        }
        return dot(residual, residual) + ridge * dot(coefficients, coefficients);
    }

    private double[] best(double[][] moved, double[] difference, double ridge) {
        double[][] system = new double[generators][generators + 1];
        for (int row = 0; row < generators; row++) {
            for (int column = 0; column < generators; column++) {
                system[row][column] = dot(moved[row], moved[column]) + (row == column ? ridge : 0);
            }
            system[row][generators] = dot(moved[row], difference);
        }
        for (int pivot = 0; pivot < generators; pivot++) {
            for (int row = 0; row < generators; row++) {
                double factor = row == pivot ? 0 : system[row][pivot] / system[pivot][pivot];
                for (int column = pivot; column <= generators; column++) {
                    system[row][column] -= factor * system[pivot][column];
                }
            }
        }
        double[] coefficients = new double[generators];
        for (int row = 0; row < generators; row++) {
            coefficients[row] = system[row][generators] / system[row][row];
        }
        return coefficients;
    }

    private double[][] moved(double[] left, double[] right, double[] pairs, int sample) {
        double[][] moved = new double[generators][width];
        int columns = generators * rank;
        int neighbour = (samples + sample) * width;
        for (int generator = 0; generator < generators; generator++) {
            for (int row = 0; row < width; row++) {
                for (int column = 0; column < width; column++) {
                    double entry = 0;
                    for (int index = generator * rank; index < (generator + 1) * rank; index++) {
                        entry += left[row * columns + index] * right[column * columns + index];
                    }
                    moved[generator][row] += entry * pairs[neighbour + column];
                }
            }
        }
        return moved;
    }

    private double[] difference(double[] pairs, int sample) {
        double[] difference = new double[width];
        for (int row = 0; row < width; row++) {
            difference[row] = pairs[sample * width + row] - pairs[(samples + sample) * width + row];
        }
        return difference;
    }

    private static double dot(double[] first, double[] second) {
        double sum = 0;
        for (int index = 0; index < first.length; index++) {
            sum += first[index] * second[index];
        }
        return sum;
    }
}
