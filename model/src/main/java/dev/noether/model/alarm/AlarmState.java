package dev.noether.model.alarm;

/**
 * The state of an {@link AlarmThreshold} for one entity: three floats and four small counters, {@value #BYTES} bytes when
 * serialized. It belongs to one calibration and one rate; a new model starts with a new state.
 *
 * <p>Not thread safe.
 */
public final class AlarmState {
    /** Size of the numbers when serialized, in bytes. */
    public static final int BYTES = 20;

    /** Size of a state in memory, in bytes: an object header and seven numbers. */
    public static final int MEMORY_BYTES = 12 + 7 * 4;

    /** Largest number of alarms that wait to be learned. */
    static final int MOST_TO_LEARN = 0xff;

    private static final int MOST_WINDOWS = 0xffff;

    float location;
    float scale;
    float correction;
    int burstLevel;
    int pausedWindows;
    /** Alarms that have not taught the threshold yet. */
    int alarmsToLearn;
    /** Windows outside of bursts until they do; 0 without any. */
    int windowsToLearn;

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
        AlarmState copy = new AlarmState(location, scale, correction, burstLevel, pausedWindows);
        copy.alarmsToLearn = alarmsToLearn;
        copy.windowsToLearn = windowsToLearn;
        return copy;
    }

    /**
     * Restores a state from {@link #counters}.
     *
     * @param counters counters of the state; the two above 16 bits are 0 in states of earlier versions
     * @throws IllegalArgumentException if a value is out of range
     */
    public static AlarmState restored(float location, float scale, float correction, int counters, int pausedWindows) {
        AlarmState state = new AlarmState(location, scale, correction, counters & 0xff, pausedWindows);
        state.alarmsToLearn = counters >>> 8 & MOST_TO_LEARN;
        state.windowsToLearn = counters >>> 16;
        return state;
    }

    /** The burst level, the alarms to learn and the windows until then, in 8, 8 and 16 bits from the lowest. */
    public int counters() {
        return burstLevel | alarmsToLearn << 8 | Math.min(windowsToLearn, MOST_WINDOWS) << 16;
    }

    /** Number of alarms that have not taught the threshold yet. */
    public int alarmsToLearn() {
        return alarmsToLearn;
    }

    /** Number of windows until the threshold learns from these alarms. */
    public int windowsToLearn() {
        return windowsToLearn;
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
