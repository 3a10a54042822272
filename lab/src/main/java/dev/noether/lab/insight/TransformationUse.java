package dev.noether.lab.insight;

/**
 * The transformations that relate neighbours on the surface of a decoder (Fig. 5 of the paper): the closed-form
 * coefficients {@code ε} of sampled pairs, and the contribution of each generator, {@code |ε_k| ‖G_k P‖}. Contributions
 * can be compared between generators. Coefficients cannot, because the scale of a generator is arbitrary.
 *
 * @param coefficients coefficients ε, {@code [pairs][generators]}
 * @param contributions contributions, {@code [pairs][generators]}, at least 0
 * @param unexplained share of the squared differences that no generator explains, {@code ‖r‖² / ‖D − P‖²} over all
 *     pairs
 */
public record TransformationUse(double[][] coefficients, double[][] contributions, double unexplained) {

    /** Copies the arrays. */
    public TransformationUse {
        coefficients = copy(coefficients);
        contributions = copy(contributions);
        if (coefficients.length != contributions.length) {
            throw new IllegalArgumentException("`contributions` must be of as many pairs as `coefficients`, %d (got %d)"
                    .formatted(coefficients.length, contributions.length));
        }
    }

    @Override
    public double[][] coefficients() {
        return copy(coefficients);
    }

    @Override
    public double[][] contributions() {
        return copy(contributions);
    }

    /**
     * Returns the effective number of generators of a pair: the mean over pairs of {@code (Σ c)² / Σ c²}. It is 1 if
     * one generator contributes everything, and the number of generators if all contribute equally. Pairs without a
     * contribution are omitted; NaN if no pair remains.
     */
    public double effectiveCount() {
        return mean(false);
    }

    /**
     * Returns the mean over pairs of Hoyer's sparsity {@code (√h − Σc / √Σc²) / (√h − 1)}: 0 if all generators
     * contribute equally, 1 if one contributes everything.
     */
    public double sparsity() {
        return mean(true);
    }

    private double mean(boolean sparsity) {
        double sum = 0;
        int pairCount = 0;
        for (double[] row : contributions) {
            double total = 0;
            double squares = 0;
            for (double contribution : row) {
                total += contribution;
                squares += contribution * contribution;
            }
            if (!(squares > 0)) {
                continue;
            }
            double effectiveCount = total * total / squares;
            double root = Math.sqrt(row.length);
            // The sparsity of a single generator is 1 by definition.
            double hoyer = row.length == 1 ? 1 : (root - Math.sqrt(effectiveCount)) / (root - 1);
            sum += sparsity ? hoyer : effectiveCount;
            pairCount++;
        }
        return pairCount == 0 ? Double.NaN : sum / pairCount;
    }

    private static double[][] copy(double[][] rows) {
        double[][] copy = new double[rows.length][];
        for (int index = 0; index < rows.length; index++) {
            copy[index] = rows[index].clone();
        }
        return copy;
    }
}
