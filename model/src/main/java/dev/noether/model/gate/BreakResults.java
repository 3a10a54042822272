package dev.noether.model.gate;

/**
 * What a model said of the breaks of one kind.
 *
 * @param normal for each break, the highest alarm score of its rows before they were broken
 * @param broken the highest alarm score of the broken rows
 * @param isFound whether the break raised an alarm
 */
record BreakResults(float[] normal, float[] broken, boolean[] isFound) {
    BreakResults(int count) {
        this(new float[count], new float[count], new boolean[count]);
    }

    int count() {
        return normal.length;
    }

    /** The number of breaks that raised an alarm. */
    int found() {
        int found = 0;
        for (boolean one : isFound) {
            found += one ? 1 : 0;
        }
        return found;
    }
}
