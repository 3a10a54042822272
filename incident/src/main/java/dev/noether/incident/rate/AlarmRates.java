package dev.noether.incident.rate;

import dev.noether.incident.report.ReadableQuantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The alarm rates of all entities, each as a multiple of the rate that the budget allows: quantiles, the number of
 * entities above a multiple, and the names of the entities with the highest rates.
 *
 * <p>An entity costs work only when it raises an alarm. All counts decay at one rate, so {@link RecentAlarms#logLevel}
 * does not change between two alarms; a histogram of these logarithms in steps of a sixteenth is therefore correct at
 * any time. The histogram takes a few kilobytes for any number of entities.
 *
 * <p>Thread safe: metrics are read while entities raise alarms. Each {@link RecentAlarms} belongs to the thread that
 * counts.
 */
public final class AlarmRates {
    /** Number of entities that {@link #highest} names. */
    public static final int NAMED = 10;

    private static final double STEPS = 16;
    private static final Comparator<NamedRate> HIGHEST_FIRST =
            Comparator.comparingDouble(NamedRate::logLevel).reversed().thenComparing(NamedRate::entity);

    private final AllowedAlarmRate allowed;
    /** Number of entities by the step of their log level; only entities that raised an alarm. */
    private final TreeMap<Long, Integer> histogram = new TreeMap<>();

    private final List<NamedRate> highest = new ArrayList<>();

    private record NamedRate(String entity, double logLevel) {}

    /** Makes the alarm rates of no entities. */
    public AlarmRates(AllowedAlarmRate allowed) {
        this.allowed = allowed;
    }

    /** Counts an anomalous score of an entity. */
    public synchronized void count(RecentAlarms alarms, String entity, long time, boolean isNewIncident) {
        if (!alarms.isEmpty()) {
            remove(alarms, entity);
        }
        alarms.count(time, isNewIncident, allowed.periodMillis());
        add(alarms, entity);
    }

    /** Adds an entity that raised an alarm before. */
    public synchronized void add(RecentAlarms alarms, String entity) {
        double logLevel = alarms.logLevel(allowed.periodMillis());
        histogram.merge(step(logLevel), 1, Integer::sum);
        highest.add(new NamedRate(entity, logLevel));
        highest.sort(HIGHEST_FIRST);
        if (highest.size() > NAMED) {
            highest.remove(NAMED);
        }
    }

    /** Removes an entity that raised an alarm. */
    public synchronized void remove(RecentAlarms alarms, String entity) {
        histogram.computeIfPresent(
                step(alarms.logLevel(allowed.periodMillis())), (step, count) -> count == 1 ? null : count - 1);
        highest.removeIf(rate -> rate.entity().equals(entity));
    }

    private static long step(double logLevel) {
        return (long) Math.floor(logLevel * STEPS);
    }

    /**
     * Returns the number of entities whose rate exceeds a multiple of the allowed rate.
     *
     * @param multiple the multiple
     * @param entities number of all entities
     * @param now the current event time, milliseconds
     */
    public synchronized long countAbove(double multiple, long entities, long now) {
        long count = 0;
        for (Map.Entry<Long, Integer> step : histogram.descendingMap().entrySet()) {
            if (!(multiple(step.getKey(), entities, now) > multiple)) {
                break;
            }
            count += step.getValue();
        }
        return count;
    }

    /**
     * Returns a quantile of the entities' rates, as a multiple of the allowed rate.
     *
     * @param share the quantile, in [0, 1]; 1 for the highest rate
     * @param entities number of all entities, also those that never raised an alarm
     * @param now the current event time, milliseconds
     * @return the multiple; 0 if the entity at this quantile never raised an alarm
     */
    public synchronized double quantile(double share, long entities, long now) {
        long beyond = (long) Math.floor((1 - share) * entities);
        for (Map.Entry<Long, Integer> step : histogram.descendingMap().entrySet()) {
            beyond -= step.getValue();
            if (beyond < 0) {
                return multiple(step.getKey(), entities, now);
            }
        }
        return 0;
    }

    /** Returns the middle of a step, as a multiple of the allowed rate. */
    private double multiple(long step, long entities, long now) {
        return multiple((step + 0.5) / STEPS, entities, now);
    }

    private double multiple(double logLevel, long entities, long now) {
        return Math.exp(logLevel - now / (double) allowed.periodMillis()) / allowed.perEntity(entities);
    }

    /**
     * Returns the entities with the highest rates as multiples of the allowed rate, such as
     * {@code host-7 12.4, host-1 3.0}.
     */
    public synchronized String highest(long entities, long now) {
        return highest.stream()
                .map(rate ->
                        String.format(Locale.ROOT, "%s %.1f", rate.entity(), multiple(rate.logLevel(), entities, now)))
                .collect(Collectors.joining(", "));
    }

    /**
     * Returns a warning for an entity with far more incidents than the budget allows; empty for every other entity.
     *
     * @param alarms recent alarms of the entity
     * @param entities number of all entities
     * @param now the current event time, milliseconds
     */
    public String warning(RecentAlarms alarms, long entities, long now) {
        double incidents = alarms.incidents(now, allowed.periodMillis());
        double limit = allowed.perEntity(entities);
        return incidents < 3 || incidents <= 2 * limit
                ? ""
                : "; about " + Math.round(incidents) + " incidents in the last "
                        + ReadableQuantity.period(allowed.periodMillis()) + "; the budget allows "
                        + ReadableQuantity.number(limit);
    }
}
