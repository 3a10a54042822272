package dev.noether.lab.peers;

import java.util.OptionalInt;

/** Finds the one feature of a series that is more than a switch. Stateless. */
final class ContinuousFeature {
    private ContinuousFeature() {}

    /**
     * Returns the index of the only feature with more than two distinct values in these rows; empty if there is none,
     * or more than one.
     */
    static OptionalInt of(Observations rows) {
        int found = -1;
        for (int j = 0; j < rows.width(); j++) {
            if (isContinuous(rows, j)) {
                if (found >= 0) {
                    return OptionalInt.empty();
                }
                found = j;
            }
        }
        return found < 0 ? OptionalInt.empty() : OptionalInt.of(found);
    }

    private static boolean isContinuous(Observations rows, int feature) {
        float first = rows.value(0, feature);
        float second = first;
        for (int i = 1; i < rows.length(); i++) {
            float value = rows.value(i, feature);
            if (value != first && value != second) {
                if (second != first) {
                    return true;
                }
                second = value;
            }
        }
        return false;
    }
}
