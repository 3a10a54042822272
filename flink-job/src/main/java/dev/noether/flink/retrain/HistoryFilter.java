package dev.noether.flink.retrain;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.incident.rule.CalendarException;
import dev.noether.incident.rule.MaintenanceCalendar;
import dev.noether.model.shape.ShapeStatement;
import dev.noether.model.training.LeftOutReason;
import dev.noether.schemas.ModelRelease;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says which rows of the history are not trained on: maintenance, confirmed and open incidents, and what the models
 * that scored the history found anomalous. Rows of dismissed incidents are trained on.
 *
 * <p>A margin of {@code incidents.quiet} is added on both sides: rows that close to an anomalous one belong to the same
 * incident.
 *
 * <p>False alarms and the new normal behaviour of an entity are trained on: see {@link NormalEpisodes}.
 *
 * <p>Memory: at most {@code entities.max} episodes. Not thread safe.
 */
final class HistoryFilter {
    private final MaintenanceCalendar calendar;
    private final Ranges ranges;
    private final Scored scored;
    private final NormalEpisodes normal;

    /**
     * Ranges of event time by what is known of them.
     *
     * @param confirmed incidents that a person confirmed
     * @param dismissed incidents that a person dismissed
     * @param open incidents that are not resolved
     * @param flagged episodes of anomalous scores
     * @param reported resolved incidents, some of which may have begun before the scores that were read
     */
    record Ranges(Episodes confirmed, Episodes dismissed, Episodes open, Episodes flagged, Episodes reported) {
        static Ranges empty(int most) {
            return new Ranges(
                    new Episodes(most), new Episodes(most), new Episodes(most), new Episodes(most), new Episodes(most));
        }

        private void sort() {
            List.of(confirmed, dismissed, open, flagged, reported).forEach(Episodes::sort);
        }
    }

    /**
     * The rows of the history that models scored.
     *
     * @param rows their number
     * @param promisedAlarms number of false alarms that their budgets promise
     * @param first first event time
     * @param last last event time
     */
    record Scored(long rows, double promisedAlarms, long first, long last) {}

    /**
     * Makes a filter.
     *
     * @param ranges ranges that are complete
     * @param scored the rows that models scored
     * @param limits what is no incident
     */
    HistoryFilter(MaintenanceCalendar calendar, Ranges ranges, Scored scored, NormalEpisodes.Limits limits) {
        this.calendar = calendar;
        this.ranges = ranges;
        this.scored = scored;
        ranges.sort();
        normal = new NormalEpisodes(ranges.flagged, scored, limits);
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
        return new HistoryFilter(parse(calendar), ranges, scored.summary(), limits(config, releases));
    }

    private static NormalEpisodes.Limits limits(DetectorConfig config, List<ModelRelease> releases) {
        int windows = TrainingOperator.detectorOptions(config).contextRows();
        for (ModelRelease release : releases) {
            windows = Math.max(windows, ShapeStatement.longestPeriod(release.provenance()));
        }
        return new NormalEpisodes.Limits(windows, config.retraining().rows().maxLeftOut());
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
        if (ranges.confirmed.contains(entity, time)) {
            return LeftOutReason.CONFIRMED;
        }
        if (ranges.dismissed.contains(entity, time)) {
            return null;
        }
        if (ranges.open.contains(entity, time)) {
            return LeftOutReason.INCIDENT;
        }
        return isFlagged(entity, time) ? LeftOutReason.FLAGGED : null;
    }

    private boolean isFlagged(String entity, long time) {
        if (ranges.flagged.contains(entity, time, normal::isNewNormal)) {
            return false;
        }
        Episodes.Condition isIncident = (own, episode) -> !normal.isNormal(own, episode);
        return ranges.flagged.contains(entity, time, isIncident) || ranges.reported.contains(entity, time, isIncident);
    }

    /** Whether there were more episodes than fit into memory. */
    boolean isOverflowing() {
        return ranges.flagged.isFull() || ranges.reported.isFull();
    }

    /** The number of rows of the history that a model scored. */
    long scoredRows() {
        return scored.rows;
    }

    /** The number of entities whose new normal behaviour is trained on although models found it anomalous. */
    int newNormals() {
        return ranges.flagged.count(normal::isNewNormal);
    }
}
