package dev.noether.flink.config;

import dev.noether.incident.rule.CalendarException;
import dev.noether.incident.rule.MaintenanceCalendar;
import dev.noether.model.feature.FeatureSchema;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What suppresses an anomalous score.
 *
 * @param onlyUp features of which only a rise counts
 * @param onlyDown features of which only a fall counts
 * @param leastDeviation by how much a feature must deviate at least to count, in its own unit
 * @param leastRelativeDeviation the same as a part of the expected value
 * @param calendar path of an iCalendar file with maintenance; empty for none
 */
public record RuleOptions(
        List<String> onlyUp,
        List<String> onlyDown,
        Map<String, Double> leastDeviation,
        Map<String, Double> leastRelativeDeviation,
        String calendar)
        implements Serializable {
    public RuleOptions {
        onlyUp = List.copyOf(Options.RULES_ONLY_UP.check(onlyUp));
        onlyDown = List.copyOf(Options.RULES_ONLY_DOWN.check(onlyDown));
        leastDeviation = Map.copyOf(Options.RULES_LEAST_DEVIATION.check(leastDeviation));
        leastRelativeDeviation = Map.copyOf(Options.RULES_LEAST_RELATIVE_DEVIATION.check(leastRelativeDeviation));
        Options.RULES_CALENDAR.check(calendar);
        for (String feature : onlyUp) {
            if (onlyDown.contains(feature)) {
                throw new IllegalArgumentException(
                        "`rules.onlyUp` and `rules.onlyDown` must not share a feature (got " + feature + " in both)");
            }
        }
    }

    /** Whether there is no rule of a feature. */
    boolean isWithoutFeatures() {
        return named().isEmpty();
    }

    /**
     * Makes sure that the rules can be followed.
     *
     * @throws IllegalArgumentException if a feature is not the detector's, or no score lists its features
     */
    void checkAgainst(FeatureSchema features, ContributionDetail contributions) {
        List<String> unknown = new ArrayList<>(named());
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
     * Reads the calendar's file; an empty text where there is none.
     *
     * @throws IllegalArgumentException if it cannot be read or understood
     */
    public String calendarText() {
        if (calendar.isEmpty()) {
            return "";
        }
        try {
            String text = Files.readString(Path.of(calendar));
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

    private Set<String> named() {
        Set<String> named = new LinkedHashSet<>(onlyUp);
        named.addAll(onlyDown);
        named.addAll(leastDeviation.keySet());
        named.addAll(leastRelativeDeviation.keySet());
        return named;
    }
}
