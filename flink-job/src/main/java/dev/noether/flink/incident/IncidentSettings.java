package dev.noether.flink.incident;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.IncidentOptions;
import dev.noether.flink.config.RuleOptions;
import dev.noether.incident.anomaly.AnomalyOptions;
import dev.noether.incident.anomaly.SeverityBands;
import dev.noether.incident.outbreak.OutbreakOptions;
import dev.noether.incident.rate.AllowedAlarmRate;
import dev.noether.incident.rule.CalendarException;
import dev.noether.incident.rule.FeatureRule;
import dev.noether.incident.rule.MaintenanceCalendar;
import dev.noether.incident.rule.RuleBook;
import dev.noether.incident.silence.SilenceOptions;
import dev.noether.incident.tracker.TrackerOptions;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.BudgetScope;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of the incident operators. They are serialized with the job, together with the text of the calendar
 * file.
 *
 * @param config configuration of the detector
 * @param calendar text of the calendar file; empty if there is none
 */
public record IncidentSettings(DetectorConfig config, String calendar) implements Serializable {
    /**
     * Returns the settings of a detector.
     *
     * @throws IllegalArgumentException if the calendar file cannot be read or has problems
     */
    public static IncidentSettings of(DetectorConfig config) {
        return new IncidentSettings(config, config.rules().calendarText());
    }

    TrackerOptions tracker() {
        IncidentOptions options = config.incidents();
        List<Double> bands = options.severityBands();
        return new TrackerOptions(
                config.detector(),
                new AnomalyOptions(
                        options.quiet().toMillis(), new SeverityBands(bands.get(0), bands.get(1), bands.get(2))),
                new SilenceOptions(
                        options.silence(),
                        options.silenceMinimum().toMillis(),
                        options.stallAfter().toMillis()),
                options.forgetAfter().toMillis(),
                allowedAlarms());
    }

    private AllowedAlarmRate allowedAlarms() {
        AlarmBudget budget = config.alarms().budget();
        return new AllowedAlarmRate(
                budget.count(),
                budget.scope() == BudgetScope.EACH_ENTITY,
                Math.max(1, budget.period().toMillis()));
    }

    OutbreakOptions outbreaks() {
        IncidentOptions options = config.incidents();
        return new OutbreakOptions(config.detector(), options.groupInterval().toMillis(), options.groupMinimum());
    }

    RuleBook rules() {
        RuleOptions options = config.rules();
        Map<String, FeatureRule> rules = new HashMap<>();
        for (String feature : config.features().names()) {
            FeatureRule.Direction direction = options.onlyUp().contains(feature)
                    ? FeatureRule.Direction.UP
                    : options.onlyDown().contains(feature) ? FeatureRule.Direction.DOWN : null;
            double least = options.leastDeviation().getOrDefault(feature, 0.0);
            double relative = options.leastRelativeDeviation().getOrDefault(feature, 0.0);
            if (direction != null || least > 0 || relative > 0) {
                rules.put(feature, new FeatureRule(direction, least, relative));
            }
        }
        return new RuleBook(rules, maintenance());
    }

    private MaintenanceCalendar maintenance() {
        try {
            return calendar.isEmpty() ? MaintenanceCalendar.EMPTY : MaintenanceCalendar.parse(calendar);
        } catch (CalendarException e) {
            throw new IllegalArgumentException("the calendar was valid when the job was submitted", e);
        }
    }
}
