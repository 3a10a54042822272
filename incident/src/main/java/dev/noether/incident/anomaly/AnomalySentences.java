package dev.noether.incident.anomaly;

import static dev.noether.incident.report.ReadableQuantity.duration;
import static dev.noether.incident.report.ReadableQuantity.number;

import dev.noether.incident.evidence.UsualRange;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Cause;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.ScheduleFinding;
import dev.noether.schemas.ShapeFinding;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Describes an anomaly incident in one sentence: which entity, which feature, how its shape or its value differs, since
 * when.
 */
final class AnomalySentences {
    private static final int MAX_OTHER_FEATURES = 3;

    private AnomalySentences() {}

    static String describe(String entity, OpenAnomaly incident, List<Cause> causes, BreakShape shape, boolean isOver) {
        ScheduleFinding job = incident.schedule();
        String words = job == null ? "" : ScheduleSentences.describe(job, incident.end() - 1);
        return entity + ": " + words + (words.isEmpty() ? "" : "; ") + difference(incident, causes, shape)
                + (isOver ? "; over after " + length(incident) : "; since " + Instant.ofEpochMilli(incident.start));
    }

    private static String length(OpenAnomaly incident) {
        return incident.lastAnomalous <= incident.start
                ? observations(incident.count)
                : duration(incident.lastAnomalous - incident.start);
    }

    /** The shape comes first. The values follow only if they are unusual by themselves. */
    private static String difference(OpenAnomaly incident, List<Cause> causes, BreakShape shape) {
        ShapeFinding finding = incident.shape();
        if (finding == null) {
            return deviation(incident, causes, shape);
        }
        String words = ShapeSentences.describe(finding);
        if (causes.isEmpty()) {
            return words;
        }
        Cause first = causes.get(0);
        boolean isShapeAlone = first.feature().equals(finding.feature())
                && shape != BreakShape.STUCK
                && shape != BreakShape.CORRELATION
                && first.isInUsualRange();
        return words + (isShapeAlone ? otherFeatures(causes, 1) : "; " + deviation(incident, causes, shape));
    }

    private static String deviation(OpenAnomaly incident, List<Cause> causes, BreakShape shape) {
        if (causes.isEmpty()) {
            IncidentPeak peak = incident.peak();
            return "the anomaly score rose to " + number(peak.score()) + ", the threshold is "
                    + number(peak.threshold());
        }
        Cause first = causes.get(0);
        return shape == BreakShape.CORRELATION
                ? relation(first, causes.get(1)) + otherFeatures(causes, 2)
                : single(first, incident, shape) + expectation(first) + otherFeatures(causes, 1);
    }

    private static String relation(Cause first, Cause second) {
        return first.feature() + " and " + second.feature() + " do not fit together: " + first.feature() + " is "
                + number(first.observed()) + expectation(first) + "; " + second.feature() + " is "
                + number(second.observed()) + expectation(second);
    }

    private static String single(Cause cause, OpenAnomaly incident, BreakShape shape) {
        String value = number(cause.observed());
        return cause.feature()
                + switch (shape) {
                    case LEVEL -> " stays at " + value;
                    case SPIKE -> " jumped to " + value + " for " + observations(incident.count);
                    case STUCK ->
                        (Float.isNaN(cause.observed()) ? " is stuck" : " is stuck at " + value)
                                + run(incident.features.repeats(cause.feature()));
                    case DRIFT -> " drifts " + (cause.observed() > reference(cause) ? "up" : "down") + " to " + value;
                    case CORRELATION, SILENCE, UNKNOWN -> " is " + value;
                };
    }

    private static String observations(long count) {
        return count == 1 ? "one observation" : count + " observations";
    }

    private static String run(int repeats) {
        return repeats == 0 ? "" : " for " + repeats + " observations, which is unusually long";
    }

    private static String expectation(Cause cause) {
        if (Float.isNaN(cause.expected())) {
            return "";
        }
        String expected = ", expected " + number(cause.expected());
        if (!(cause.usualLow() <= cause.usualHigh())) {
            return expected;
        }
        if (cause.usualLow() == cause.usualHigh()) {
            return ", always " + number(cause.usualLow()) + " before";
        }
        String range = "usual range " + number(cause.usualLow()) + " to " + number(cause.usualHigh());
        return UsualRange.isLeftByBoth(cause.observed(), cause.expected(), cause.usualLow(), cause.usualHigh())
                ? ", " + range
                : expected + " (" + range + ")";
    }

    private static float reference(Cause cause) {
        return UsualRange.reference(cause.observed(), cause.expected(), cause.usualLow(), cause.usualHigh());
    }

    private static String otherFeatures(List<Cause> causes, int described) {
        if (causes.size() <= described) {
            return "";
        }
        return causes.stream()
                .skip(described)
                .limit(MAX_OTHER_FEATURES)
                .map(Cause::feature)
                .collect(Collectors.joining(", ", "; also unusual: ", ""));
    }
}
