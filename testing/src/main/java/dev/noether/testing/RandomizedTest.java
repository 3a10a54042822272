package dev.noether.testing;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * A test on random cases. The seed is the same in each run, so that a red build is about the change at hand, and printed with
 * each failure; {@code -Dnoether.seed=$RANDOM} goes looking for other cases. Every call of {@link #random()} starts the same sequence, so that a test does not depend on those before it.
 */
@ExtendWith(RandomizedTest.SeedOnFailure.class)
public abstract class RandomizedTest {
    private static final long SEED = Long.getLong("noether.seed", 20_260_101L);

    protected static RandomGenerator random() {
        return new SplittableRandom(SEED);
    }

    protected static float[] normals(RandomGenerator random, int count) {
        float[] values = new float[count];
        for (int index = 0; index < count; index++) {
            values[index] = (float) random.nextGaussian();
        }
        return values;
    }

    protected static double[] doubles(float[] values) {
        double[] exact = new double[values.length];
        for (int index = 0; index < values.length; index++) {
            exact[index] = values[index];
        }
        return exact;
    }

    protected static double[] concatenated(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }

    protected static double[] concatenated(List<float[]> parts) {
        return concatenated(parts.stream().map(RandomizedTest::doubles).toArray(double[][]::new));
    }

    static final class SeedOnFailure implements TestWatcher {
        @Override
        public void testFailed(ExtensionContext context, Throwable cause) {
            System.err.printf(
                    "%s failed; repeat with -Dnoether.seed=%d -Dtest=%s%n",
                    context.getDisplayName(),
                    SEED,
                    context.getRequiredTestClass().getSimpleName());
        }
    }
}
