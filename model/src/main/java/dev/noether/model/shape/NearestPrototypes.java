package dev.noether.model.shape;

/**
 * The prototypes with the smallest values of an array, in no order. They are a heap with the largest value at its top:
 * consecutive prototypes come nearer step by step, so that many of them enter and leave again. Not thread safe;
 * allocates nothing.
 */
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
        int prototype = from;
        for (; prototype < to && size < prototypes.length; prototype++) {
            float value = all[offset + prototype];
            if (!Float.isNaN(value)) {
                rise(prototype, value);
            }
        }
        for (; prototype < to; prototype++) {
            float value = all[offset + prototype];
            // False for NaN.
            if (value < values[0]) {
                replaceLargest(prototype, value);
            }
        }
    }

    private void rise(int prototype, float value) {
        int place = size++;
        while (place > 0 && values[(place - 1) >> 1] < value) {
            int parent = (place - 1) >> 1;
            move(parent, place);
            place = parent;
        }
        values[place] = value;
        prototypes[place] = prototype;
    }

    private void replaceLargest(int prototype, float value) {
        int place = 0;
        for (int child = 1; child < size; child = 2 * place + 1) {
            if (child + 1 < size && values[child + 1] > values[child]) {
                child++;
            }
            if (values[child] <= value) {
                break;
            }
            move(child, place);
            place = child;
        }
        values[place] = value;
        prototypes[place] = prototype;
    }

    private void move(int from, int to) {
        values[to] = values[from];
        prototypes[to] = prototypes[from];
    }

    int size() {
        return size;
    }

    int prototype(int index) {
        return prototypes[index];
    }
}
