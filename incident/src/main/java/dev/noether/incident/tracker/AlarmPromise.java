package dev.noether.incident.tracker;

/**
 * How many alarms are borne.
 *
 * @param count alarms in a period, above 0
 * @param eachEntity whether each entity has that many, or all of them together
 * @param periodMillis the period, milliseconds of event time, at least 1
 */
public record AlarmPromise(double count, boolean eachEntity, long periodMillis) {
    public AlarmPromise {
        if (!(count > 0 && count < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`count` must be above 0 and finite (got " + count + ")");
        }
        if (periodMillis < 1) {
            throw new IllegalArgumentException("`periodMillis` must be at least 1 (got " + periodMillis + ")");
        }
    }

    /** What of it falls on one of so many entities in a period. */
    public double ofEntity(long entities) {
        return eachEntity ? count : count / Math.max(1, entities);
    }
}
