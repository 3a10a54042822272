package dev.noether.model.symmetry;

/**
 * Eq. 12 and 13 as in the paper, in double precision: each generator is a full matrix, each row is multiplied by it,
 * and Gaussian elimination solves for the coefficients. Shares no code with the code under test.
 *
 * <p>The parameters of the generators are one array, in the order of {@link TrainableGenerators#parameters}.
 */
public final class TextbookPenalty {
    private static final double STEEP = 10;

    private final GeneratorStructure structure;
    private final int width;
    private final int generators;
    private final int rank;
    private final int samples;
    private final int rows;

    public TextbookPenalty(
            GeneratorStructure structure, int width, int generators, int rank, int samples, int rowsPerSample) {
        this.structure = structure;
        this.width = width;
        this.generators = generators;
        this.rank = rank;
        this.samples = samples;
        this.rows = rowsPerSample;
    }

    /** The μ of each sample, which is constant in a derivative. */
    public double[] ridges(double[] parameters, double[] pairs, double ridge) {
        double[] ridges = new double[samples];
        for (int sample = 0; sample < samples; sample++) {
            for (double[] moved : moved(parameters, pairs, sample)) {
                ridges[sample] += ridge * dot(moved, moved) / generators;
            }
        }
        return ridges;
    }

    /** R with the best coefficients. */
    public double value(double[] parameters, double[] pairs, double[] ridges) {
        double sum = 0;
        for (int sample = 0; sample < samples; sample++) {
            double[][] moved = moved(parameters, pairs, sample);
            double[] difference = difference(pairs, sample);
            sum += loss(moved, difference, best(moved, difference, ridges[sample]), ridges[sample]);
        }
        return sum / (samples * width);
    }

    /**
     * Whether some generator hardly moves a sample, so that its ε is very large and the loss is curved within a
     * difference step.
     */
    public boolean isSteep(double[] parameters, double[] pairs, double[] ridges) {
        for (int sample = 0; sample < samples; sample++) {
            for (double coefficient :
                    best(moved(parameters, pairs, sample), difference(pairs, sample), ridges[sample])) {
                if (Math.abs(coefficient) > STEEP) {
                    return true;
                }
            }
        }
        return false;
    }

    /** R with given coefficients, {@code [samples, generators]}. */
    public double value(double[] parameters, double[] pairs, double[] ridges, double[] coefficients) {
        double sum = 0;
        for (int sample = 0; sample < samples; sample++) {
            double[] own = new double[generators];
            System.arraycopy(coefficients, sample * generators, own, 0, generators);
            sum += loss(moved(parameters, pairs, sample), difference(pairs, sample), own, ridges[sample]);
        }
        return sum / (samples * width);
    }

    /** {@code G_k} for all k, {@code [generators][width][width]}. */
    public double[][][] matrices(double[] parameters) {
        double[][][] matrices = new double[generators][width][width];
        int factor = width * generators * rank;
        int upper = 0;
        for (int k = 0; k < generators; k++) {
            for (int row = 0; row < width; row++) {
                for (int column = 0; column < width; column++) {
                    switch (structure) {
                        case FULL -> matrices[k][row][column] = parameters[(k * width + row) * width + column];
                        case SKEW_SYMMETRIC -> {
                            if (column > row) {
                                matrices[k][row][column] = parameters[upper];
                                matrices[k][column][row] = -parameters[upper++];
                            }
                        }
                        case LOW_RANK -> matrices[k][row][column] = entry(parameters, 0, factor, k, row, column);
                        case DIAGONAL_PLUS_LOW_RANK -> {
                            int diagonals = generators * width;
                            double diagonal = row == column ? parameters[k * width + row] : 0;
                            matrices[k][row][column] =
                                    diagonal + entry(parameters, diagonals, diagonals + factor, k, row, column);
                        }
                    }
                }
            }
        }
        return matrices;
    }

    private double entry(double[] parameters, int left, int right, int k, int row, int column) {
        double sum = 0;
        for (int index = k * rank; index < (k + 1) * rank; index++) {
            sum += parameters[left + row * generators * rank + index]
                    * parameters[right + column * generators * rank + index];
        }
        return sum;
    }

    private double loss(double[][] moved, double[] difference, double[] coefficients, double ridge) {
        double[] residual = difference.clone();
        for (int generator = 0; generator < generators; generator++) {
            for (int index = 0; index < residual.length; index++) {
                residual[index] -= coefficients[generator] * moved[generator][index];
            }
        }
        return dot(residual, residual) + ridge * dot(coefficients, coefficients);
    }

    private double[] best(double[][] moved, double[] difference, double ridge) {
        if (ridge == 0) {
            // μ is a part of tr(M): no generator moves the sample, and the smallest coefficients are 0.
            return new double[generators];
        }
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

    private double[][] moved(double[] parameters, double[] pairs, int sample) {
        double[][][] matrices = matrices(parameters);
        double[][] moved = new double[generators][rows * width];
        int neighbour = (samples + sample) * rows * width;
        for (int generator = 0; generator < generators; generator++) {
            for (int index = 0; index < rows * width; index++) {
                int row = index / width;
                for (int column = 0; column < width; column++) {
                    moved[generator][index] +=
                            matrices[generator][index % width][column] * pairs[neighbour + row * width + column];
                }
            }
        }
        return moved;
    }

    private double[] difference(double[] pairs, int sample) {
        int size = rows * width;
        double[] difference = new double[size];
        for (int index = 0; index < size; index++) {
            difference[index] = pairs[sample * size + index] - pairs[(samples + sample) * size + index];
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
