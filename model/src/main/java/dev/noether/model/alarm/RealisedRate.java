package dev.noether.model.alarm;

/**
 * Counts alarms and windows, for one entity or for all, to compare the realised with the promised rate. Two longs,
 * {@value #BYTES} bytes when serialized.
 *
 * <p>Alarms of true incidents are counted too, because labels do not exist in live operation. Not thread safe.
 */
public final class RealisedRate {
    /** Size of the two counts, in bytes. */
    public static final int BYTES = 16;

    private long alarms;
    private long windows;

    /** Makes counts of 0. */
    public RealisedRate() {
        this(0, 0);
    }

    /**
     * Restores counts.
     *
     * @param alarms number of windows that raised an alarm
     * @param windows number of judged windows, at least 0
     * @throws IllegalArgumentException if there are more alarms than windows, or a number is negative
     */
    public RealisedRate(long alarms, long windows) {
        if (alarms < 0 || alarms > windows) {
            throw new IllegalArgumentException(
                    "`alarms` must be in [0, `windows`] (got " + alarms + " and " + windows + ")");
        }
        this.alarms = alarms;
        this.windows = windows;
    }

    /** Counts a judged window. */
    public void count(boolean alarm) {
        windows++;
        if (alarm) {
            alarms++;
        }
    }

    /** Adds other counts. */
    public void add(RealisedRate other) {
        alarms += other.alarms;
        windows += other.windows;
    }

    /** The number of windows that raised an alarm. */
    public long alarms() {
        return alarms;
    }

    /** The number of judged windows. */
    public long windows() {
        return windows;
    }

    /**
     * Returns the realised and the promised rate.
     *
     * @param promised promised alarms per window, in (0, 1)
     * @throws IllegalArgumentException if the rate is out of range or no window was counted
     */
    public AlarmRate against(double promised) {
        return new AlarmRate(alarms, windows, promised);
    }
}
