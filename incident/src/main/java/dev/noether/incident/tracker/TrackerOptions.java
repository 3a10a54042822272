package dev.noether.incident.tracker;

/**
 * What {@link IncidentTracker} goes by.
 *
 * @param detector the detector's name
 * @param quietMillis an incident is over when nothing anomalous came for so long, and for {@value #QUIET_GAPS} of the
 *     entity's own gaps
 * @param bands of severity
 * @param silence whether silence is an incident
 * @param shortestSilenceMillis no shorter silence is one
 * @param shortestPauseMillis no shorter jump of event time is a pause of the whole source
 * @param forgetMillis an entity that was silent for so long is gone
 * @param promise how many alarms are borne
 */
public record TrackerOptions(
        String detector,
        long quietMillis,
        SeverityBands bands,
        boolean silence,
        long shortestSilenceMillis,
        long shortestPauseMillis,
        long forgetMillis,
        AlarmPromise promise) {
    /** Gaps of the entity's own rhythm without an anomaly that end an incident at the earliest. */
    public static final int QUIET_GAPS = 10;

    public TrackerOptions {
        atLeast(1, "quietMillis", quietMillis);
        atLeast(1, "shortestSilenceMillis", shortestSilenceMillis);
        atLeast(1, "shortestPauseMillis", shortestPauseMillis);
        atLeast(1, "forgetMillis", forgetMillis);
    }

    private static void atLeast(long least, String name, long value) {
        if (value < least) {
            throw new IllegalArgumentException("`" + name + "` must be at least " + least + " (got " + value + ")");
        }
    }
}
