package dev.noether.incident.silence;

/**
 * Settings of {@link SilenceTracker}.
 *
 * @param isEnabled whether the silence of an entity is an incident
 * @param shortestSilenceMillis the shortest silence that is an incident, milliseconds, at least 1
 * @param shortestPauseMillis the shortest jump of event time that is a pause of the whole source, milliseconds, at
 *     least 1
 */
public record SilenceOptions(boolean isEnabled, long shortestSilenceMillis, long shortestPauseMillis) {
    public SilenceOptions {
        checkPositive("shortestSilenceMillis", shortestSilenceMillis);
        checkPositive("shortestPauseMillis", shortestPauseMillis);
    }

    private static void checkPositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("`" + name + "` must be at least 1 (got " + value + ")");
        }
    }
}
