package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The first value of each window is its number. */
final class BatchSourceTest extends RandomizedTest {
    private static final int WIDTH = 3;

    @Test
    void eachPassHasEachWindowOnce() {
        RandomGenerator random = random();
        for (int round = 0; round < 100; round++) {
            int count = random.nextInt(1, 50);
            int batch = random.nextInt(1, 20);
            BatchSource source = source(count);
            for (int pass = 0; pass < 3; pass++) {
                source.shuffle(random);
                List<Integer> numbers = pass(source, batch);
                assertThat(numbers)
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, count).boxed().toList());
            }
        }
    }

    @Test
    void keepsTheOrderUntilItIsShuffled() {
        assertThat(pass(source(7), 3)).containsExactly(0, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void theLastBatchOfAPassMayBeSmaller() {
        BatchSource source = source(7);
        float[] batch = new float[5 * WIDTH];
        assertThat(source.gather(0, 5, batch)).isEqualTo(5);
        batch[2 * WIDTH] = -1;
        assertThat(source.gather(5, 5, batch)).isEqualTo(2);
        assertThat(batch[0]).isEqualTo(5);
        assertThat(batch[WIDTH]).isEqualTo(6);
        assertThat(batch[2 * WIDTH]).as("the rest of the batch is not changed").isEqualTo(-1);
    }

    @Test
    void theOrderDependsOnTheRandomNumbersAlone() {
        BatchSource one = source(40);
        BatchSource other = source(40);
        RandomGenerator first = new SplittableRandom(3);
        RandomGenerator second = new SplittableRandom(3);
        List<Integer> before = pass(one, 7);
        for (int pass = 0; pass < 4; pass++) {
            one.shuffle(first);
            other.shuffle(second);
            List<Integer> order = pass(one, 7);
            assertThat(pass(other, 11)).isEqualTo(order).isNotEqualTo(before);
            before = order;
        }
    }

    @Test
    void eachPlaceIsEquallyLikelyForEachWindow() {
        RandomGenerator random = random();
        int count = 6;
        int rounds = 12_000;
        int[][] places = new int[count][count];
        BatchSource source = source(count);
        for (int round = 0; round < rounds; round++) {
            source.shuffle(random);
            List<Integer> order = pass(source, count);
            for (int place = 0; place < count; place++) {
                places[order.get(place)][place]++;
            }
        }
        for (int[] counts : places) {
            for (int times : counts) {
                // 2,000 are expected, with a standard deviation of 41.
                assertThat(times).isBetween(1800, 2200);
            }
        }
    }

    @Test
    void readsNoValueBeyondTheWindows() {
        float[] values = {1, 2, 3, 4, Float.NaN};
        BatchSource source = BatchSource.checked("training", values, 2, 2);
        float[] batch = new float[4];
        assertThat(source.gather(0, 10, batch)).isEqualTo(2);
        assertThat(batch).containsExactly(1, 2, 3, 4);
    }

    @Test
    void namesTheWindowAndTheColumnThatAreNotFinite() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchSource.checked("training", new float[0], 0, 2))
                .withMessage("there must be at least one training window (got 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchSource.checked("validation", new float[5], 3, 2))
                .withMessage("3 validation windows of width 2 must hold at least 6 values (got 5)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchSource.checked("training", new float[5], 1 << 30, 1 << 30))
                .withMessageContaining("must hold at least 1152921504606846976 values (got 5)");
        float[] values = new float[6];
        values[3] = Float.NEGATIVE_INFINITY;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchSource.checked("training", values, 3, 2))
                .withMessage("training window 1 must be finite (got -Infinity at column 1)");
    }

    private static BatchSource source(int count) {
        float[] values = new float[count * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / WIDTH + (i % WIDTH) / 8f;
        }
        return BatchSource.checked("training", values, count, WIDTH);
    }

    private static List<Integer> pass(BatchSource source, int limit) {
        List<Integer> numbers = new ArrayList<>();
        float[] batch = new float[limit * WIDTH];
        for (int start = 0; start < source.count(); start += limit) {
            int rows = source.gather(start, limit, batch);
            for (int row = 0; row < rows; row++) {
                float number = batch[row * WIDTH];
                assertThat(batch[row * WIDTH + 1]).isEqualTo(number + 1 / 8f);
                assertThat(batch[row * WIDTH + 2]).isEqualTo(number + 2 / 8f);
                numbers.add((int) number);
            }
        }
        return numbers;
    }
}
