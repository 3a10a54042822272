package dev.noether.model.training;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.LinearBase;
import dev.noether.model.numeric.PrincipalComponents;
import java.util.random.RandomGenerator;

/** Structure and initial parameters of a network. */
public enum Architecture {
    /** The paper's network: layers with random weights, without a linear base. */
    RELU {
        @Override
        public Autoencoder initial(AutoencoderShape shape, float[] windows, int count, RandomGenerator random) {
            return Autoencoder.initialised(shape, random);
        }
    },
    /**
     * A residual autoencoder. Its linear base has the leading principal components of the training windows, as many as
     * the code has units. It starts as the best linear reconstruction and learns the remainder.
     */
    PCA_RESIDUAL {
        @Override
        public Autoencoder initial(AutoencoderShape shape, float[] windows, int count, RandomGenerator random) {
            int width = shape.inputWidth();
            return Autoencoder.residual(
                    shape, base(PrincipalComponents.fit(windows, count, width, shape.codeSize())), random);
        }
    };

    /** Smallest scale of a code unit relative to the first unit's, so that constant directions are not amplified. */
    private static final double SMALLEST_SCALE = 1e-4;

    /**
     * Makes the network that training starts from.
     *
     * @param shape widths of the layers
     * @param windows training windows, row-major {@code [count, shape.inputWidth()]}, may be longer; only read
     * @param count number of windows, at least 1
     * @param random source of the random weights
     * @throws IllegalArgumentException if the windows are used, and are too few, too short or not finite
     */
    public abstract Autoencoder initial(AutoencoderShape shape, float[] windows, int count, RandomGenerator random);

    /**
     * Makes the base of a residual autoencoder: mean, components, standard deviations along the components as scales,
     * and the root mean square of the remainder as residual scale.
     */
    static LinearBase base(PrincipalComponents principal) {
        int width = principal.width();
        int codeSize = principal.components();
        double[] variances = principal.variances();
        float[] mean = new float[width];
        float[] components = new float[Math.multiplyExact(width, codeSize)];
        float[] scales = new float[codeSize];
        double[] exactMean = principal.mean();
        for (int column = 0; column < width; column++) {
            mean[column] = (float) exactMean[column];
        }
        double largest = Math.sqrt(Math.max(0, variances[0]));
        for (int unit = 0; unit < codeSize; unit++) {
            double[] component = principal.component(unit);
            for (int column = 0; column < width; column++) {
                components[column * codeSize + unit] = (float) component[column];
            }
            double deviation = Math.max(Math.sqrt(Math.max(0, variances[unit])), SMALLEST_SCALE * largest);
            // Windows that are all equal have no deviation.
            scales[unit] = deviation > Float.MIN_NORMAL ? (float) deviation : 1;
        }
        double remainder = 0;
        for (int direction = codeSize; direction < width; direction++) {
            remainder += Math.max(0, variances[direction]);
        }
        return new LinearBase(mean, components, scales, (float) Math.sqrt(remainder / width));
    }
}
