package dev.noether.model.alarm;

/**
 * What an {@link AlarmThreshold} remembers of one entity: three floats and two ints, {@value #BYTES} bytes when written as
 * such. It belongs to one calibration and one rate; with another model it starts anew.
 *
 * <p>Not thread safe.
 */
public final class AlarmState {
    /** Bytes of the five numbers. */
    public static final int BYTES = 20;

    /** What a state takes in memory, in bytes: its numbers behind an object header. */
    public static final int MEMORY_BYTES = 12 + BYTES;

    float location;
    float scale;
    float correction;
    int heat;
    int held;

    /**
     * Takes up where another state ended.
     *
     * @param location the score that one in ten exceeds, finite
     * @param scale of what exceeds it, above 0
     * @param correction logarithm of what the rate asked for is multiplied with to get the rate promised, finite
     * @param heat how much of a burst there is, at least 0
     * @param held windows in a row that taught nothing, at least 0
     * @throws IllegalArgumentException if one is out of range
     */
    public AlarmState(float location, float scale, float correction, int heat, int held) {
        if (!Float.isFinite(location) || !Float.isFinite(correction) || !(scale > 0) || !Float.isFinite(scale)) {
            throw new IllegalArgumentException(
                    "`location` and `correction` must be finite and `scale` finite and above 0" + " (got " + location
                            + ", " + correction + " and " + scale + ")");
        }
        if (heat < 0 || held < 0) {
            throw new IllegalArgumentException(
                    "`heat` and `held` must be at least 0 (got " + heat + " and " + held + ")");
        }
        this.location = location;
        this.scale = scale;
        this.correction = correction;
        this.heat = heat;
        this.held = held;
    }

    /** Makes an independent copy. */
    public AlarmState copy() {
        return new AlarmState(location, scale, correction, heat, held);
    }

    /** The score that one in ten normal windows of this entity exceeds. */
    public float location() {
        return location;
    }

    /** The scale of what exceeds it. */
    public float scale() {
        return scale;
    }

    /** Logarithm of the rate asked for over the rate promised; above 0 where there were fewer alarms than promised. */
    public float correction() {
        return correction;
    }

    /** How much of a burst of high scores there is: 10 for each, 1 less with each other window. */
    public int heat() {
        return heat;
    }

    /** Windows in a row that taught nothing because they lie in a burst. */
    public int held() {
        return held;
    }
}
