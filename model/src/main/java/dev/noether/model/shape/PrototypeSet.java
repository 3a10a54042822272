package dev.noether.model.shape;

/**
 * Evenly spaced windows of a history as prototypes, and which of them overlap a window of the same history. Immutable;
 * thread safe.
 */
final class PrototypeSet {
    private final ShapeHistory history;
    private final int[] numbers;

    /** Chooses at most this many windows. */
    PrototypeSet(ShapeHistory history, int most) {
        this.history = history;
        int size = Math.min(most, history.count());
        this.numbers = new int[size];
        for (int j = 0; j < size; j++) {
            numbers[j] = (int) ((long) j * history.count() / size);
        }
    }

    /** The history of the windows. */
    ShapeHistory history() {
        return history;
    }

    /** The number of prototypes. */
    int size() {
        return numbers.length;
    }

    /** The values of the prototypes, row-major. */
    float[] values() {
        int width = history.window().width();
        float[] values = new float[numbers.length * width];
        for (int j = 0; j < numbers.length; j++) {
            history.cut(numbers[j], values, j * width);
        }
        return values;
    }

    /** The first prototype whose window is not before a window number. */
    int firstFrom(int number) {
        int low = 0;
        int high = numbers.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (numbers[middle] < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The first prototype that shares rows with a window. */
    int excludedFrom(int window) {
        return firstFrom(history.firstOverlapping(window));
    }

    /** The first prototype after those that share rows with a window. */
    int excludedTo(int window) {
        return firstFrom(history.behindOverlapping(window));
    }
}
