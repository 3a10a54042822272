package dev.noether.lab.insight;

import dev.noether.model.autoencoder.Autoencoder;

/**
 * The affine maps of an autoencoder around one row, {@code z = A_E x + B_E} and {@code D(z) = A_D z + B_D}, on the
 * regions of the row and of its code (Sec. 3 of the paper).
 *
 * @param encoder region of the row
 * @param decoder region of the code
 */
public record AutoencoderRegion(AffineRegion encoder, AffineRegion decoder) {

    /**
     * Returns the regions at a row.
     *
     * @param row row, {@code [inputWidth]}
     * @throws IllegalArgumentException if the row has another length
     */
    public static AutoencoderRegion at(Autoencoder network, double[] row) {
        AffineRegion encoder = PiecewiseAffineMap.encoder(network).region(row);
        AffineRegion decoder =
                PiecewiseAffineMap.decoder(network).region(encoder.map().apply(row));
        return new AutoencoderRegion(encoder, decoder);
    }

    /**
     * Returns the map of the whole network on the region: {@code x ↦ A_D A_E x + A_D B_E + B_D}. Its matrix is the
     * Jacobian.
     */
    public AffineMap whole() {
        return decoder.map().after(encoder.map());
    }

    /**
     * Returns the deviation of the rows of A_E and the columns of A_D from bi-orthogonality: the Frobenius norm of
     * {@code A_E A_D − I}, divided by √h. By Proposition 1 it is 0 if the autoencoder reconstructs each point of its
     * surface in this region, so that the encoder inverts the decoder. It is 1 for a constant encoder.
     */
    public double biorthogonalityDefect() {
        AffineMap product = encoder.map().after(decoder.map());
        int size = product.outputs();
        double squares = 0;
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                double difference = product.entry(row, column) - (row == column ? 1 : 0);
                squares += difference * difference;
            }
        }
        return Math.sqrt(squares / size);
    }
}
