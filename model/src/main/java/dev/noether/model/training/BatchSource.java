package dev.noether.model.training;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Windows from which mini-batches are copied, in an order that can be shuffled. The values are the caller's array, not
 * a copy. Not thread safe.
 */
final class BatchSource {
    private final float[] values;
    private final int width;
    private final int[] order;

    private BatchSource(float[] values, int width, int[] order) {
        this.values = values;
        this.width = width;
        this.order = order;
    }

    /**
     * Checks windows and makes a source in their order.
     *
     * @param name kind of the windows in messages, such as {@code training}
     * @param values row-major {@code [count, width]}, may be longer
     * @throws IllegalArgumentException if there is no window, the array is too short, or a value is not finite
     */
    static BatchSource checked(String name, float[] values, int count, int width) {
        if (!(count >= 1)) {
            throw new IllegalArgumentException("there must be at least one %s window (got %d)".formatted(name, count));
        }
        if (!(values.length >= (long) count * width)) {
            throw new IllegalArgumentException("%d %s windows of width %d must hold at least %d values (got %d)"
                    .formatted(count, name, width, (long) count * width, values.length));
        }
        for (int index = 0; index < count * width; index++) {
            if (!Float.isFinite(values[index])) {
                throw new IllegalArgumentException("%s window %d must be finite (got %s at column %d)"
                        .formatted(name, index / width, values[index], index % width));
            }
        }
        int[] order = new int[count];
        Arrays.setAll(order, index -> index);
        return new BatchSource(values, width, order);
    }

    int count() {
        return order.length;
    }

    /** Shuffles the present order in place (Fisher and Yates). */
    void shuffle(RandomGenerator random) {
        for (int last = order.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int swapped = order[last];
            order[last] = order[other];
            order[other] = swapped;
        }
    }

    /** Copies up to {@code limit} windows from position {@code start} of the order; returns their number. */
    int gather(int start, int limit, float[] batch) {
        int rows = Math.min(limit, order.length - start);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, order[start + row] * width, batch, row * width, width);
        }
        return rows;
    }
}
