package dev.noether.model.symmetry;

import java.util.random.RandomGenerator;

/** Checks and array operations that all generators have in common. */
final class GeneratorArrays {
    private GeneratorArrays() {}

    static int requirePositive(String name, int value) {
        if (!(value >= 1)) {
            throw new IllegalArgumentException("`%s` must be at least 1 (got %d)".formatted(name, value));
        }
        return value;
    }

    static float[] copyOfLength(String name, float[] values, long length) {
        if (values.length != length) {
            throw new IllegalArgumentException(
                    "`%s` must hold %d values (got %d)".formatted(name, length, values.length));
        }
        return values.clone();
    }

    static void requirePoint(Generators generators, int generator, float[] point) {
        if (!(generator >= 0 && generator < generators.count())) {
            throw new IndexOutOfBoundsException(
                    "no generator %d; there are generators 0 to %d".formatted(generator, generators.count() - 1));
        }
        if (point.length != generators.width()) {
            throw new IllegalArgumentException(
                    "`point` must hold %d values (got %d)".formatted(generators.width(), point.length));
        }
    }

    static float[] normals(int length, double deviation, RandomGenerator random) {
        float[] values = new float[length];
        for (int index = 0; index < length; index++) {
            values[index] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    static float[] rounded(double[] values) {
        float[] rounded = new float[values.length];
        for (int index = 0; index < values.length; index++) {
            rounded[index] = (float) values[index];
        }
        return rounded;
    }
}
