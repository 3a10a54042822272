package dev.noether.flink.config;

import dev.noether.incident.rule.CalendarException;
import dev.noether.incident.rule.MaintenanceCalendar;
import dev.noether.model.feature.FeatureSchema;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rules that suppress anomalous scores.
 *
 * @param onlyUp features of which only a rise counts
 * @param onlyDown features of which only a fall counts
 * @param leastDeviation smallest deviation at which a feature counts, in its own unit
 * @param leastRelativeDeviation the same as a part of the expected value
 * @param calendar path of an iCalendar file with maintenance windows; empty for none
 */
public record RuleOptions(
        List<String> onlyUp,
        List<String> onlyDown,
        Map<String, Double> leastDeviation,
        Map<String, Double> leastRelativeDeviation,
        String calendar)
        implements Serializable {
    private static final int MAX_CALENDAR_BYTES = 4 << 20;

    public RuleOptions {
        onlyUp = List.copyOf(RuleSection.ONLY_UP.check(onlyUp));
        onlyDown = List.copyOf(RuleSection.ONLY_DOWN.check(onlyDown));
        leastDeviation = Map.copyOf(RuleSection.LEAST_DEVIATION.check(leastDeviation));
        leastRelativeDeviation = Map.copyOf(RuleSection.LEAST_RELATIVE_DEVIATION.check(leastRelativeDeviation));
        RuleSection.CALENDAR.check(calendar);
        for (String feature : onlyUp) {
            if (onlyDown.contains(feature)) {
                throw new IllegalArgumentException(
                        "`rules.onlyUp` and `rules.onlyDown` must not share a feature (got " + feature + " in both)");
            }
        }
    }

    static RuleOptions of(OptionValues values) {
        return new RuleOptions(
                values.get(RuleSection.ONLY_UP),
                values.get(RuleSection.ONLY_DOWN),
                values.get(RuleSection.LEAST_DEVIATION),
                values.get(RuleSection.LEAST_RELATIVE_DEVIATION),
                values.get(RuleSection.CALENDAR));
    }

    /** Whether no rule names a feature. */
    boolean isWithoutFeatures() {
        return namedFeatures().isEmpty();
    }

    /**
     * Checks that the rules can be applied.
     *
     * @throws IllegalArgumentException if a rule names an unknown feature, or no score lists its features
     */
    void checkAgainst(FeatureSchema features, ContributionDetail contributions) {
        List<String> unknown = new ArrayList<>(namedFeatures());
        unknown.removeAll(features.names());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("`rules` must be about features of the detector (got " + unknown
                    + "; known are " + features.names() + ")");
        }
        if (contributions == ContributionDetail.NONE && !isWithoutFeatures()) {
            throw new IllegalArgumentException(
                    "`rules` of features need `output.contributions` of anomalous or all (got none)");
        }
    }

    /**
     * Reads the calendar file; returns an empty text if there is none.
     *
     * @throws IllegalArgumentException if it cannot be read or is not an iCalendar file
     */
    public String calendarText() {
        if (calendar.isEmpty()) {
            return "";
        }
        try {
            String text = BoundedText.read(Path.of(calendar), MAX_CALENDAR_BYTES);
            MaintenanceCalendar.parse(text);
            return text;
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "`rules.calendar` must be a file that can be read (got " + calendar + ": " + e.getMessage() + ")",
                    e);
        } catch (CalendarException e) {
            throw new IllegalArgumentException(
                    "`rules.calendar` must be an iCalendar file (got " + calendar + ": "
                            + String.join("; ", e.problems()) + ")",
                    e);
        }
    }

    private Set<String> namedFeatures() {
        Set<String> names = new LinkedHashSet<>(onlyUp);
        names.addAll(onlyDown);
        names.addAll(leastDeviation.keySet());
        names.addAll(leastRelativeDeviation.keySet());
        return names;
    }
}
