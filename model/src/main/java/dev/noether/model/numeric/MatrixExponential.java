package dev.noether.model.numeric;

/** The action of a matrix exponential on a vector. Stateless. */
public final class MatrixExponential {
    private static final int MOST_TERMS = 18;

    /** Terms of the power series end at this squared norm, relative to that of the vector. */
    private static final double NEGLIGIBLE = 1e-30;

    private MatrixExponential() {}

    /**
     * Computes {@code exp(step · matrix) · vector} by the power series, in steps of at most 1.
     *
     * @param matrix square, of norm at most 1
     * @param step any finite number
     * @param vector the vector; not changed
     */
    public static double[] apply(double[][] matrix, double step, double[] vector) {
        int pieces = Math.max(1, (int) Math.ceil(Math.abs(step)));
        double[] image = vector.clone();
        double negligible = NEGLIGIBLE * Vectors.dot(vector, vector);
        for (int piece = 0; piece < pieces; piece++) {
            double[] term = image.clone();
            for (int power = 1; power <= MOST_TERMS && Vectors.dot(term, term) > negligible; power++) {
                term = Matrices.product(matrix, term);
                for (int index = 0; index < term.length; index++) {
                    term[index] *= step / pieces / power;
                }
                Vectors.addMultiple(image, 1, term);
            }
        }
        return image;
    }
}
