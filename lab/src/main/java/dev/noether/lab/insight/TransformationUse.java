package dev.noether.lab.insight;

/**
 * Which transformations relate neighbours on a decoder's surface, and how strongly (Fig. 5 of the paper): the
 * closed-form {@code ε} of sampled pairs, and what each contributes, {@code |ε_k| ‖G_k P‖}. Contributions, not ε
 * itself, can be compared between generators: the scale of a generator is arbitrary.
 *
 * @param coefficients ε, {@code [pairs][generators]}
 * @param contributions {@code [pairs][generators]}, at least 0
 * @param unexplained {@code ‖r‖² / ‖D − P‖²} over all pairs: the share of the differences that no generator explains
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
     * How many transformations a pair really uses: the mean over pairs of {@code (Σ c)² / Σ c²}, from 1 where one does
     * all to the number of generators where all do the same. Pairs that no generator moves are left out; NaN if none is
     * left.
     */
    public double used() {
        return mean(false);
    }

    /**
     * The mean over pairs of Hoyer's sparsity {@code (√h − Σc / √Σc²) / (√h − 1)}: 0 where all do the same, 1 where one
     * does all.
     */
    public double sparsity() {
        return mean(true);
    }

    private double mean(boolean sparsity) {
        double sum = 0;
        int counted = 0;
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
            double used = total * total / squares;
            double root = Math.sqrt(row.length);
            // One generator alone is as sparse as can be.
            double hoyer = row.length == 1 ? 1 : (root - Math.sqrt(used)) / (root - 1);
            sum += sparsity ? hoyer : used;
            counted++;
        }
        return counted == 0 ? Double.NaN : sum / counted;
    }

    private static double[][] copy(double[][] rows) {
        double[][] copy = new double[rows.length][];
        for (int index = 0; index < rows.length; index++) {
            copy[index] = rows[index].clone();
        }
        return copy;
    }
}
