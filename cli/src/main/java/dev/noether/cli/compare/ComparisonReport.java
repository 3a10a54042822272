package dev.noether.cli.compare;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How two detectors judge the same observations.
 *
 * @param first name of the first detector
 * @param second name of the second detector
 * @param scores comparison of their scores
 * @param events comparison of their incidents
 */
public record ComparisonReport(String first, String second, Scores scores, Events events) {
    private static final int SHOWN = 10;

    /**
     * Comparison of scores.
     *
     * @param first observations that the first has scored
     * @param second observations that the second has scored
     * @param both observations that both have scored
     * @param equalVerdicts those of them with the same verdict
     * @param firstAlarms scores of the first that are anomalous and not suppressed
     * @param secondAlarms the same of the second
     * @param largestDifference where their p-values differ most; null if there is no observation with two p-values
     */
    public record Scores(
            long first,
            long second,
            long both,
            long equalVerdicts,
            long firstAlarms,
            long secondAlarms,
            @Nullable Difference largestDifference) {
        /** Share of equal verdicts among the observations that both have scored; NaN without any. */
        public double equalShare() {
            return both == 0 ? Double.NaN : (double) equalVerdicts / both;
        }
    }

    /**
     * Two p-values of one observation.
     *
     * @param pValues their distance
     * @param entity the entity
     * @param time event time, milliseconds since 1970 UTC
     * @param partition partition of the observation
     * @param offset offset of the observation
     */
    public record Difference(double pValues, String entity, long time, int partition, long offset) {}

    /**
     * Comparison of incidents of kind ANOMALY and SILENCE that are not suppressed. Two of the same entity are one event if
     * they overlap in time.
     *
     * @param both incidents of the first that the second has too
     * @param onlyFirst incidents of the first alone, oldest first
     * @param onlySecond incidents of the second alone, oldest first
     */
    public record Events(long both, List<Event> onlyFirst, List<Event> onlySecond) {}

    /**
     * One incident.
     *
     * @param id its id
     * @param entity the entity
     * @param start event time, milliseconds since 1970 UTC
     * @param end event time, exclusive
     * @param description what was abnormal
     */
    public record Event(String id, String entity, long start, long end, String description) {}

    /** Returns the report as lines for a person. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(text(
                "%s scored %,d observations, %s %,d; both scored %,d.",
                first, scores.first(), second, scores.second(), scores.both()));
        if (scores.both() > 0) {
            lines.add(text(
                    "Equal verdicts: %,d of %,d (%.2f %%).",
                    scores.equalVerdicts(), scores.both(), 100 * scores.equalShare()));
        }
        lines.add(
                text("Anomalous scores: %s %,d, %s %,d.", first, scores.firstAlarms(), second, scores.secondAlarms()));
        Difference largest = scores.largestDifference();
        if (largest != null) {
            lines.add(text(
                    "Largest difference of p-values: %.3g, %s at %s (partition %d, offset %d).",
                    largest.pValues(),
                    largest.entity(),
                    Instant.ofEpochMilli(largest.time()),
                    largest.partition(),
                    largest.offset()));
        }
        lines.add(text("Incidents of both: %,d.", events.both()));
        add(lines, first, events.onlyFirst());
        add(lines, second, events.onlySecond());
        return List.copyOf(lines);
    }

    private static void add(List<String> lines, String detector, List<Event> only) {
        lines.add(text("Incidents of %s alone: %,d%s", detector, only.size(), only.isEmpty() ? "." : ":"));
        only.stream()
                .limit(SHOWN)
                .forEach(event -> lines.add(
                        text("  %s  %s  [%s]", Instant.ofEpochMilli(event.start()), event.description(), event.id())));
        if (only.size() > SHOWN) {
            lines.add(text("  and %,d more (--json has all)", only.size() - SHOWN));
        }
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
