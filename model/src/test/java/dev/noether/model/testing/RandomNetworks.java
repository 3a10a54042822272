package dev.noether.model.testing;

import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.LinearBase;
import java.util.List;
import java.util.random.RandomGenerator;

/** Networks of random shape with random parameters, every second one on a linear base. */
public final class RandomNetworks {
    private RandomNetworks() {}

    /** A network of a few layers, each of a few units. */
    public static Autoencoder small(RandomGenerator random) {
        int codeSize = random.nextInt(1, 4);
        int width = random.nextInt(2 * codeSize + 1, 10);
        return withParameters(
                new AutoencoderShape(width, widths(random, 3, 9), codeSize, widths(random, 3, 9), activation(random)),
                0.3,
                random);
    }

    /** A network of some layers of up to 70 units, the code of any size. */
    public static Autoencoder large(RandomGenerator random) {
        int width = random.nextInt(1, 50);
        return withParameters(
                new AutoencoderShape(
                        width,
                        widths(random, 1, 70),
                        random.nextInt(1, width + 1),
                        widths(random, 1, 70),
                        activation(random)),
                1,
                random);
    }

    /** Random parameters for a shape; a base as well, every second time that the code is linear. */
    public static Autoencoder withParameters(AutoencoderShape shape, double biasDeviation, RandomGenerator random) {
        float[] parameters = Autoencoder.initialised(shape, random).parameters();
        for (int layer = 0; layer < shape.layerCount(); layer++) {
            for (int unit = 0; unit < shape.layerWidth(layer); unit++) {
                parameters[shape.biasOffset(layer) + unit] = (float) (biasDeviation * random.nextGaussian());
            }
        }
        boolean based = shape.codeActivation() == Activation.LINEAR && random.nextInt(3) > 0;
        return new Autoencoder(shape, parameters, based ? base(shape, random) : null);
    }

    /** A base whose components are neither orthogonal nor of length 1, as no formula leans on that. */
    public static LinearBase base(AutoencoderShape shape, RandomGenerator random) {
        int width = shape.inputWidth();
        int codeSize = shape.codeSize();
        float[] mean = normals(width, 0.5, random);
        float[] components = normals(width * codeSize, 1 / Math.sqrt(width), random);
        float[] scales = new float[codeSize];
        for (int unit = 0; unit < codeSize; unit++) {
            scales[unit] = random.nextFloat(0.5f, 2);
        }
        return new LinearBase(mean, components, scales, random.nextFloat(0.3f, 1.5f));
    }

    private static Activation activation(RandomGenerator random) {
        return random.nextInt(3) == 0 ? Activation.RELU : Activation.LINEAR;
    }

    private static List<Integer> widths(RandomGenerator random, int from, int to) {
        return random.ints(random.nextInt(4), from, to).boxed().toList();
    }

    private static float[] normals(int count, double deviation, RandomGenerator random) {
        float[] values = new float[count];
        for (int index = 0; index < count; index++) {
            values[index] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }
}
