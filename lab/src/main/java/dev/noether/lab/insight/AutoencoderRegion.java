package dev.noether.lab.insight;

import dev.noether.model.autoencoder.Autoencoder;

/**
 * What an autoencoder is around one row: {@code z = A_E x + B_E} and {@code D(z) = A_D z + B_D}, the parameters of the
 * regions that the row and its code lie in (Sec. 3 of the paper).
 *
 * @param encoder the region of the row
 * @param decoder the region of its code
 */
public record AutoencoderRegion(AffineRegion encoder, AffineRegion decoder) {

    /**
     * The regions at a row.
     *
     * @param row {@code [inputWidth]}
     * @throws IllegalArgumentException if it has another length
     */
    public static AutoencoderRegion at(Autoencoder network, double[] row) {
        AffineRegion encoder = PiecewiseAffineMap.encoder(network).region(row);
        AffineRegion decoder =
                PiecewiseAffineMap.decoder(network).region(encoder.map().apply(row));
        return new AutoencoderRegion(encoder, decoder);
    }

    /** The whole network on the region: {@code x ↦ A_D A_E x + A_D B_E + B_D}. Its matrix is the Jacobian. */
    public AffineMap whole() {
        return decoder.map().after(encoder.map());
    }

    /**
     * How far rows of A_E and columns of A_D are from being bi-orthogonal: the Frobenius norm of {@code A_E A_D − I},
     * divided by √h. By Proposition 1 an autoencoder that reconstructs every point of its surface in this region has 0:
     * there the encoder undoes the decoder. An encoder that gives a constant has 1.
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
