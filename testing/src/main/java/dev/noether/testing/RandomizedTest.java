package dev.noether.testing;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * The base class of tests with random cases. The seed is the same in each run, so that a failure comes from a change of
 * the code, and another seed can be set with {@code -Dnoether.seed}. A failure prints the command that repeats it.
 *
 * <p>Each call of {@link #random()}, and each test parameter of type {@link RandomGenerator}, starts the same sequence,
 * so that tests do not depend on each other.
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

    static final class SeedOnFailure implements TestWatcher, ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == RandomGenerator.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return random();
        }

        @Override
        public void testFailed(ExtensionContext test, Throwable cause) {
            System.err.printf(
                    "%s failed; repeat it with: mvn test -Dnoether.seed=%d -Dtest=%s"
                            + " -Dsurefire.failIfNoSpecifiedTests=false%n",
                    test.getDisplayName(), SEED, test.getRequiredTestClass().getSimpleName());
        }
    }
}
