package dev.noether.model.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The heap against a sort, also for values that fall and rise step by step as those of neighbouring windows do. */
class NearestPrototypesTest extends RandomizedTest {
    private static final int CASES = 300;

    @Test
    void keepsThePrototypesWithTheSmallestValues(RandomGenerator random) {
        for (int i = 0; i < CASES; i++) {
            int count = random.nextInt(1, 200);
            int offset = random.nextInt(3);
            float[] values = values(random, offset + count, random.nextBoolean());
            int from = random.nextInt(count + 1);
            int to = random.nextInt(from, count + 1);
            int capacity = random.nextInt(1, 40);
            NearestPrototypes nearest = new NearestPrototypes(capacity);
            nearest.offer(new float[] {-9}, 0, 0, 1);
            nearest.clear();
            nearest.offer(values, offset, 0, from);
            nearest.offer(values, offset, to, count);

            List<Integer> expected = IntStream.concat(IntStream.range(0, from), IntStream.range(to, count))
                    .filter(prototype -> !Float.isNaN(values[offset + prototype]))
                    .boxed()
                    .sorted(Comparator.comparing(prototype -> values[offset + prototype]))
                    .limit(capacity)
                    .toList();
            assertThat(IntStream.range(0, nearest.size()).mapToObj(nearest::prototype))
                    .as("%d of %d prototypes", capacity, count)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static float[] values(RandomGenerator random, int count, boolean isWave) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            double value = isWave ? Math.cos(i / 7.0) + 1e-3 * random.nextDouble() : random.nextGaussian();
            values[i] = random.nextInt(20) == 0 ? Float.NaN : (float) value;
        }
        return values;
    }
}
