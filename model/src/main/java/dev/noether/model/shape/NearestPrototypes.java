package dev.noether.model.shape;

/** The prototypes with the smallest values of an array, in order. Not thread safe; allocates nothing. */
final class NearestPrototypes {
    private final int[] prototypes;
    private final float[] values;
    private int size;

    NearestPrototypes(int capacity) {
        prototypes = new int[capacity];
        values = new float[capacity];
    }

    void clear() {
        size = 0;
    }

    /** Offers the prototypes {@code from} to {@code to}, exclusive, whose values begin at {@code offset}. */
    void offer(float[] all, int offset, int from, int to) {
        for (int prototype = from; prototype < to; prototype++) {
            float value = all[offset + prototype];
            // The negation lets no NaN in.
            if (size == prototypes.length && !(value < values[size - 1])) {
                continue;
            }
            insert(prototype, value);
        }
    }

    private void insert(int prototype, float value) {
        int place = size < prototypes.length ? size++ : size - 1;
        while (place > 0 && values[place - 1] > value) {
            values[place] = values[place - 1];
            prototypes[place] = prototypes[place - 1];
            place--;
        }
        values[place] = value;
        prototypes[place] = prototype;
    }

    int size() {
        return size;
    }

    int prototype(int index) {
        return prototypes[index];
    }
}
