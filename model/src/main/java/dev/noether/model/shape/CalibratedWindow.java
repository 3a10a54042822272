package dev.noether.model.shape;

import static java.util.Objects.requireNonNull;

/**
 * A window with its autoencoder, and the distribution of its errors on normal windows that were left out of the
 * prototypes.
 *
 * @param autoencoder the autoencoder
 * @param median median of ln d²
 * @param spread 90 % quantile of ln d² less its median, above 0
 */
public record CalibratedWindow(SymmetryAutoencoder autoencoder, double median, double spread) {
    /** The least error in a logarithm. */
    private static final double LEAST_ERROR = 1e-12;

    /** Checks the numbers. */
    public CalibratedWindow {
        requireNonNull(autoencoder, "autoencoder");
        if (!Double.isFinite(median) || !(spread > 0 && spread < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "`median` must be finite and `spread` finite and above 0 (got " + median + " and " + spread + ")");
        }
    }

    /** The logarithm of an error. */
    static double logarithm(double error) {
        return Math.log(Math.max(LEAST_ERROR, Math.min(error, Float.MAX_VALUE)));
    }

    /** The standardised error: 0 for the median of normal windows, 1 for their 90 % quantile. */
    public float standardised(double error) {
        return (float) ((logarithm(error) - median) / spread);
    }

    /** The geometry of the window. */
    public ShapeWindow window() {
        return autoencoder.window();
    }
}
