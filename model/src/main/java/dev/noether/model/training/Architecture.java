package dev.noether.model.training;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.LinearBase;
import dev.noether.model.numeric.PrincipalComponents;
import java.util.random.RandomGenerator;

/** What a network is before its training. */
public enum Architecture {
    /** The paper's: layers alone, with random weights. */
    RELU {
        @Override
        public Autoencoder initial(AutoencoderShape shape, float[] windows, int count, RandomGenerator random) {
            return Autoencoder.initialised(shape, random);
        }
    },
    /**
     * A residual autoencoder whose linear base are the principal components of the training windows, as many as the code has
     * units. It starts as the best linear map, and learns what is left.
     */
    PCA_RESIDUAL {
        @Override
        public Autoencoder initial(AutoencoderShape shape, float[] windows, int count, RandomGenerator random) {
            int width = shape.inputWidth();
            return Autoencoder.residual(
                    shape, base(PrincipalComponents.fit(windows, count, width, shape.codeSize())), random);
        }
    };

    /** No code unit is measured in less than this part of the first one's unit: what does not vary is not blown up. */
    private static final double SMALLEST_SCALE = 1e-4;

    /**
     * The network that training starts from.
     *
     * @param windows training windows, row-major {@code [count, shape.inputWidth()]}, may be longer; only read
     * @param count number of windows, at least 1
     * @throws IllegalArgumentException if the windows are too few, too short or not finite, where they matter
     */
    public abstract Autoencoder initial(AutoencoderShape shape, float[] windows, int count, RandomGenerator random);

    /**
     * The base of a residual autoencoder: the mean and the components, the standard deviations along them as scales, and as
     * residual scale the root of the mean square of what they leave.
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
            // TrainingWindows that are all the same have no unit of their own.
            scales[unit] = deviation > Float.MIN_NORMAL ? (float) deviation : 1;
        }
        double left = 0;
        for (int direction = codeSize; direction < width; direction++) {
            left += Math.max(0, variances[direction]);
        }
        return new LinearBase(mean, components, scales, (float) Math.sqrt(left / width));
    }
}
