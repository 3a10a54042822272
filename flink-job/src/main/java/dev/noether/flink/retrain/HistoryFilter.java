package dev.noether.flink.retrain;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.incident.rule.CalendarException;
import dev.noether.incident.rule.MaintenanceCalendar;
import dev.noether.model.training.LeftOutReason;
import dev.noether.schemas.ModelRelease;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which rows of the history are not trained on: maintenance, confirmed and open incidents, and what the models
 * that scored the history found anomalous. Rows of dismissed incidents are trained on.
 *
 * <p>A margin of {@code incidents.quiet} is added on both sides: rows that close to an anomalous one belong to the same
 * incident.
 *
 * <p>As many episodes as the budget promises false alarms are trained on, the most probable ones, unless their p-values
 * are too small for a history of this length. They are false alarms; without them each model would be calibrated on a
 * history without its highest normal scores, and would raise more alarms than the one before.
 *
 * <p>Memory: at most {@code entities.max} episodes. Not thread safe.
 */
final class HistoryFilter {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryFilter.class);

    /** The number of false alarms may exceed the promised one by this many deviations of a Poisson count. */
    private static final double CHANCE_DEVIATIONS = 3;

    /** A p-value that one normal row in the history reaches with this probability belongs to an incident. */
    private static final double CHANCE_IN_HISTORY = 0.01;

    private final MaintenanceCalendar calendar;
    private final Ranges ranges;
    private final long scoredRows;
    private final float falseAlarmSurprise;

    /** Ranges of event time by what is known of them. */
    record Ranges(Episodes confirmed, Episodes dismissed, Episodes open, Episodes flagged) {
        static Ranges empty(int most) {
            return new Ranges(new Episodes(most), new Episodes(most), new Episodes(most), new Episodes(most));
        }

        private void sort() {
            List.of(confirmed, dismissed, open, flagged).forEach(Episodes::sort);
        }
    }

    /**
     * Makes a filter.
     *
     * @param ranges ranges that are complete
     * @param scoredRows number of rows of the history that a model scored
     * @param promisedAlarms number of false alarms that their budgets promise
     */
    HistoryFilter(MaintenanceCalendar calendar, Ranges ranges, long scoredRows, double promisedAlarms) {
        this.calendar = calendar;
        this.ranges = ranges;
        this.scoredRows = scoredRows;
        ranges.sort();
        int falseAlarms = (int) (promisedAlarms + CHANCE_DEVIATIONS * Math.sqrt(promisedAlarms));
        falseAlarmSurprise = Math.min(
                ranges.flagged.surpriseOfWeakest(falseAlarms), (float) Math.log((scoredRows + 1) / CHANCE_IN_HISTORY));
        int episodes = ranges.flagged.count();
        if (episodes > 0) {
            LOG.info(
                    "The models in force found {} episodes of the history anomalous. The budget promises {} false alarms:"
                            + " up to {} of the episodes, with p-values above {}, are trained on.",
                    episodes,
                    Math.round(promisedAlarms),
                    Math.min(episodes, falseAlarms),
                    Math.exp(-falseAlarmSurprise));
        }
    }

    /**
     * Reads what is known of a history.
     *
     * @param range event times of the history, closed
     * @param calendar text of the calendar file; empty if there is none
     * @param releases releases that may have scored the history
     * @param judgements what people said of incidents
     */
    static HistoryFilter read(
            DetectorConfig config,
            HistoryRange range,
            String calendar,
            List<ModelRelease> releases,
            IncidentJudgements judgements) {
        long margin = config.incidents().quiet().toMillis();
        Ranges ranges = Ranges.empty(config.entities().max());
        ScoredHistory scored = new ScoredHistory(range, margin, releases, ranges.flagged);
        if (!releases.isEmpty()) {
            scored.read(config);
        }
        IncidentReports incidents = new IncidentReports(margin);
        incidents.read(config, Math.max(0, range.from()) - margin);
        incidents.sort(judgements, ranges);
        return new HistoryFilter(parse(calendar), ranges, scored.rows(), scored.promisedAlarms());
    }

    private static MaintenanceCalendar parse(String calendar) {
        try {
            return calendar.isEmpty() ? MaintenanceCalendar.EMPTY : MaintenanceCalendar.parse(calendar);
        } catch (CalendarException e) {
            throw new IllegalStateException("the calendar was checked before", e);
        }
    }

    /** Why a row is left out; null if it is trained on. */
    @Nullable
    LeftOutReason reason(String entity, long time) {
        if (calendar.maintenance(entity, time) != null) {
            return LeftOutReason.MAINTENANCE;
        }
        if (ranges.confirmed.contains(entity, time, Float.NEGATIVE_INFINITY)) {
            return LeftOutReason.CONFIRMED;
        }
        if (ranges.dismissed.contains(entity, time, Float.NEGATIVE_INFINITY)) {
            return null;
        }
        if (ranges.open.contains(entity, time, Float.NEGATIVE_INFINITY)) {
            return LeftOutReason.INCIDENT;
        }
        return ranges.flagged.contains(entity, time, falseAlarmSurprise) ? LeftOutReason.FLAGGED : null;
    }

    /** Whether there were more episodes than fit into memory. */
    boolean isOverflowing() {
        return ranges.flagged.isFull();
    }

    /** The number of rows of the history that a model scored. */
    long scoredRows() {
        return scoredRows;
    }
}
