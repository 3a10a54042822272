package dev.noether.incident.rate;

/**
 * The number of alarms that the budget allows in a period.
 *
 * @param count number of alarms in a period, above 0
 * @param isPerEntity whether each entity may raise that many alarms, or all entities together
 * @param periodMillis length of the period, milliseconds of event time, at least 1
 */
public record AllowedAlarmRate(double count, boolean isPerEntity, long periodMillis) {
    public AllowedAlarmRate {
        if (!(count > 0 && count < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`count` must be above 0 and finite (got " + count + ")");
        }
        if (periodMillis < 1) {
            throw new IllegalArgumentException("`periodMillis` must be at least 1 (got " + periodMillis + ")");
        }
    }

    /**
     * Returns the number of alarms that one entity may raise in a period.
     *
     * @param entities number of entities that share the budget
     */
    public double perEntity(long entities) {
        return isPerEntity ? count : count / Math.max(1, entities);
    }
}
