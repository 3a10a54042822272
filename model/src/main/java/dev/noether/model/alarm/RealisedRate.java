package dev.noether.model.alarm;

/**
 * Counts what came about of a promised rate, for one entity or for all. Two longs, {@value #BYTES} bytes when written.
 *
 * <p>Alarms over true incidents are among them: live nobody knows which are. Not thread safe.
 */
public final class RealisedRate {
    /** Bytes of the two counts. */
    public static final int BYTES = 16;

    private long alarms;
    private long windows;

    /** Starts with nothing counted. */
    public RealisedRate() {
        this(0, 0);
    }

    /**
     * Goes on from former counts.
     *
     * @param alarms among the windows
     * @param windows at least 0
     * @throws IllegalArgumentException if the alarms are not among the windows
     */
    public RealisedRate(long alarms, long windows) {
        if (alarms < 0 || alarms > windows) {
            throw new IllegalArgumentException(
                    "`alarms` must be in [0, `windows`] (got " + alarms + " and " + windows + ")");
        }
        this.alarms = alarms;
        this.windows = windows;
    }

    /** Counts one judged window. */
    public void count(boolean alarm) {
        windows++;
        if (alarm) {
            alarms++;
        }
    }

    /** Adds another's counts. */
    public void add(RealisedRate other) {
        alarms += other.alarms;
        windows += other.windows;
    }

    /** Windows that raised an alarm. */
    public long alarms() {
        return alarms;
    }

    /** Windows judged. */
    public long windows() {
        return windows;
    }

    /**
     * The counts beside the promise, with their interval.
     *
     * @param promised alarms per window, in (0, 1)
     * @throws IllegalArgumentException if it is not, or nothing was counted
     */
    public AlarmRate against(double promised) {
        return new AlarmRate(alarms, windows, promised);
    }
}
