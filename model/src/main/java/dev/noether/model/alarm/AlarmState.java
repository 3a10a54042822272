package dev.noether.model.alarm;

/**
 * The state of an {@link AlarmThreshold} for one entity: three floats and two ints, {@value #BYTES} bytes when
 * serialized. It belongs to one calibration and one rate; a new model starts with a new state.
 *
 * <p>Not thread safe.
 */
public final class AlarmState {
    /** Size of the five numbers, in bytes. */
    public static final int BYTES = 20;

    /** Size of a state in memory, in bytes: an object header and five numbers. */
    public static final int MEMORY_BYTES = 12 + BYTES;

    float location;
    float scale;
    float correction;
    int burstLevel;
    int pausedWindows;

    /**
     * Restores a state.
     *
     * @param location score that one in ten normal windows exceeds, finite
     * @param scale scale of the scores above the location, finite and above 0
     * @param correction logarithm of the factor on the requested rate, finite
     * @param burstLevel level of the present burst of high scores, at least 0
     * @param pausedWindows number of consecutive windows without adaptation, at least 0
     * @throws IllegalArgumentException if a value is out of range
     */
    public AlarmState(float location, float scale, float correction, int burstLevel, int pausedWindows) {
        if (!Float.isFinite(location) || !Float.isFinite(correction) || !(scale > 0) || !Float.isFinite(scale)) {
            throw new IllegalArgumentException(
                    "`location` and `correction` must be finite and `scale` finite and above 0" + " (got " + location
                            + ", " + correction + " and " + scale + ")");
        }
        if (burstLevel < 0 || pausedWindows < 0) {
            throw new IllegalArgumentException("`burstLevel` and `pausedWindows` must be at least 0 (got " + burstLevel
                    + " and " + pausedWindows + ")");
        }
        this.location = location;
        this.scale = scale;
        this.correction = correction;
        this.burstLevel = burstLevel;
        this.pausedWindows = pausedWindows;
    }

    /** Makes an independent copy. */
    public AlarmState copy() {
        return new AlarmState(location, scale, correction, burstLevel, pausedWindows);
    }

    /** The score that one in ten normal windows of this entity exceeds. */
    public float location() {
        return location;
    }

    /** The scale of the scores above the location. */
    public float scale() {
        return scale;
    }

    /** Logarithm of requested rate ÷ promised rate; above 0 if there were fewer alarms than promised. */
    public float correction() {
        return correction;
    }

    /** Level of the present burst of high scores: each high score adds 10, each other window subtracts 1. */
    public int burstLevel() {
        return burstLevel;
    }

    /** Number of consecutive windows without adaptation, because they belong to a burst. */
    public int pausedWindows() {
        return pausedWindows;
    }
}
