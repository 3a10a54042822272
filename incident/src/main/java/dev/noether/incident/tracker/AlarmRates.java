package dev.noether.incident.tracker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How the realised rates of alarms are spread over the entities, each as a multiple of what is promised to it: quantiles, how many
 * exceed a multiple, and the worst by name.
 *
 * <p>No entity is looked at for it but at its own alarms. All counts fade at one rate, so that the logarithm of a count, less the
 * time, stands still between two alarms: a histogram of these numbers, in steps of a sixteenth, is right at any time. It takes a
 * few kilobytes however many entities there are.
 *
 * <p>Thread safe: metrics are read while entities alarm. The counts of each entity belong to the thread that counts.
 */
public final class AlarmRates {
    /** So many are known by name. */
    public static final int NAMED = 10;

    private static final double STEPS = 16;
    private static final Comparator<Named> WORST_FIRST =
            Comparator.comparingDouble(Named::standing).reversed().thenComparing(Named::entity);

    private final AlarmPromise promise;
    /** Entities that ever alarmed, by their standing in steps. */
    private final TreeMap<Long, Integer> histogram = new TreeMap<>();

    private final List<Named> worst = new ArrayList<>();

    private record Named(String entity, double standing) {}

    /** Makes one of no entities. */
    public AlarmRates(AlarmPromise promise) {
        this.promise = promise;
    }

    /** Counts an anomalous score of an entity. */
    synchronized void count(RecentAlarms alarms, String entity, long time, boolean opens) {
        if (!alarms.isEmpty()) {
            leave(alarms, entity);
        }
        alarms.count(time, opens, promise.periodMillis());
        enter(alarms, entity);
    }

    /** Takes in an entity that alarmed before. */
    synchronized void enter(RecentAlarms alarms, String entity) {
        double standing = alarms.standing(promise.periodMillis());
        histogram.merge(step(standing), 1, Integer::sum);
        worst.add(new Named(entity, standing));
        worst.sort(WORST_FIRST);
        if (worst.size() > NAMED) {
            worst.remove(NAMED);
        }
    }

    /** Forgets an entity that alarmed. */
    synchronized void leave(RecentAlarms alarms, String entity) {
        histogram.computeIfPresent(
                step(alarms.standing(promise.periodMillis())), (step, count) -> count == 1 ? null : count - 1);
        worst.removeIf(named -> named.entity().equals(entity));
    }

    private static long step(double standing) {
        return (long) Math.floor(standing * STEPS);
    }

    /** How many of so many entities alarm at more than a multiple of what is promised to them, by now. */
    public synchronized long above(double multiple, long entities, long now) {
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
     * The multiple of the promise that a share of the entities does not exceed, by now.
     *
     * @param share in [0, 1]; 1 for the largest multiple
     * @param entities how many there are, those that never alarmed included
     * @return 0 where that share never alarmed
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

    /** The middle of a step, as a multiple of the promise. */
    private double multiple(long step, long entities, long now) {
        return multiple((step + 0.5) / STEPS, entities, now);
    }

    private double multiple(double standing, long entities, long now) {
        return Math.exp(standing - now / (double) promise.periodMillis()) / promise.ofEntity(entities);
    }

    /** Those who alarm most, such as {@code host-7 12.4, host-1 3.0}: multiples of the promise. */
    public synchronized String worst(long entities, long now) {
        return worst.stream()
                .map(named -> String.format(
                        Locale.ROOT, "%s %.1f", named.entity(), multiple(named.standing(), entities, now)))
                .collect(Collectors.joining(", "));
    }

    /** What is to be said of an entity that breaks much more often than is promised; empty of all others. */
    String words(RecentAlarms alarms, long entities, long now) {
        double incidents = alarms.incidents(now, promise.periodMillis());
        double promised = promise.ofEntity(entities);
        return incidents < 3 || incidents <= 2 * promised
                ? ""
                : "; of late it opens about " + Math.round(incidents) + " incidents in "
                        + Sentences.duration(promise.periodMillis()) + ", promised are alarms for "
                        + Sentences.number(promised);
    }
}
