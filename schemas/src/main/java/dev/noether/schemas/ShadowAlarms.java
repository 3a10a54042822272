package dev.noether.schemas;

/**
 * Numbers of alarms of a shadow. Anomalous rows of an entity with few rows between them are one alarm.
 *
 * @param shared alarms that both models raise
 * @param challengerOnly alarms that only the challenger raises
 * @param championOnly alarms that only the model in force raises
 */
public record ShadowAlarms(long shared, long challengerOnly, long championOnly) {
    /** Returns the number of the challenger's alarms. */
    public long challenger() {
        return shared + challengerOnly;
    }

    /** Returns the number of the champion's alarms. */
    public long champion() {
        return shared + championOnly;
    }

    /** Returns the challenger's alarms for each of the champion's; NaN if neither has one. */
    public double ratio() {
        return (double) challenger() / champion();
    }
}
