package dev.noether.incident.feedback;

import dev.noether.incident.anomaly.AnomalyTracker;
import dev.noether.incident.evidence.Evidence;
import dev.noether.incident.evidence.FeatureEvidence;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Cause;
import dev.noether.schemas.JudgedIncident;
import dev.noether.schemas.Score;
import dev.noether.schemas.ShapeDifference;
import dev.noether.schemas.ShapeFinding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kind of a break: how far each feature deviated during an incident, and to which side. Incidents are compared as a
 * whole, up to the score in question: a row after a break can look strange because the break is in its window, although
 * its own values are usual. Immutable.
 */
final class BreakKind {
    /** Squared deviation up to which a value is usual: three standard deviations. */
    private static final double USUAL = 9;

    /** A feature that deviates by eight standard deviations leads, however far another one deviates. Squared. */
    private static final double FAR = 64;

    /** A feature leads if it deviates a quarter as far as the first one. Squared. */
    private static final double QUARTER = 1.0 / 16;

    /** If even the first one hardly deviates, a feature leads if it deviates half as far. Squared. */
    private static final double HALF_AS_FAR = 1.0 / 4;

    /** Other features may deviate twice as far as in the judged incident. Squared. */
    private static final double TWICE = 4;

    private static final double HALF = 0.5;

    private final Map<String, Part> parts = new HashMap<>();
    /** Whether a value is unusual; otherwise only the relation between values is. */
    private final boolean isByValue;

    /** The feature that deviates most; empty without features. */
    private final String first;

    /** No feature that the incident does not list deviates further than this, squared. */
    private final double leastListed;

    private final boolean isStuckOnly;
    private final double excess;
    private final @Nullable ShapeFinding finding;

    /** A feature's part: its side, its squared deviation, and whether it leads. */
    private record Part(Direction direction, double size, boolean isLeading) {}

    private BreakKind(List<Cause> causes, boolean isStuckOnly, double excess, @Nullable ShapeFinding finding) {
        this.isStuckOnly = isStuckOnly;
        this.excess = excess;
        this.finding = finding;
        isByValue = causes.stream().anyMatch(cause -> square(cause.deviation()) > USUAL);
        double largest = 0;
        String largestName = causes.isEmpty() ? "" : causes.get(0).feature();
        for (Cause cause : causes) {
            if (size(cause) > largest) {
                largest = size(cause);
                largestName = cause.feature();
            }
        }
        first = largestName;
        double least = Math.max(Math.min(largest * QUARTER, FAR), Math.min(USUAL, largest * HALF_AS_FAR));
        for (Cause cause : causes) {
            double size = size(cause);
            boolean isLeading = isStuckOnly || cause.feature().equals(first) || size > 0 && size >= least;
            parts.put(cause.feature(), new Part(Direction.of(cause), size, isLeading));
        }
        leastListed = isByValue && causes.size() >= AnomalyTracker.MAX_CAUSES ? size(causes.get(causes.size() - 1)) : 0;
    }

    /** Returns the kind of a judged incident. */
    static BreakKind of(JudgedIncident judged) {
        return new BreakKind(
                judged.diagnosis().causes(),
                isStuckOnly(judged),
                judged.excess(),
                judged.diagnosis().shapeFinding());
    }

    /**
     * Returns the kind of an open incident.
     *
     * @param evidence its newest score
     * @param causes its features, those that lead first, with this score
     */
    static BreakKind of(Evidence evidence, List<Cause> causes) {
        return new BreakKind(causes, !evidence.isAnomalous(), evidence.excess(), evidence.shape());
    }

    /** Returns the score at the peak of a judged incident, as if it happened at an event time; without its features. */
    static Evidence peak(JudgedIncident judged, long time) {
        return new Evidence(
                time,
                judged.peakScore(),
                judged.threshold(),
                judged.pValue(),
                Score.NO_MODEL,
                List.of(),
                null,
                judged.diagnosis().shapeFinding(),
                null);
    }

    private static boolean isStuckOnly(JudgedIncident judged) {
        return Double.isNaN(judged.peakScore()) && judged.diagnosis().shape() == BreakShape.STUCK;
    }

    /** Returns how far a feature deviates, squared: its value, or if all values are usual, from what was expected. */
    private double size(Cause cause) {
        if (isByValue) {
            return square(cause.deviation());
        }
        double sigma = ((double) cause.usualHigh() - cause.usualLow()) / 6;
        return sigma > 0 ? square(((double) cause.observed() - cause.expected()) / sigma) : 0;
    }

    private static double square(double value) {
        return value * value;
    }

    /**
     * Returns whether an incident is of this kind: its leading features lead here, too, to the same side, and no other
     * feature deviates so much further than here that it matters.
     *
     * @param other the kind of the incident until now
     * @param evidence its newest score
     */
    boolean covers(BreakKind other, Evidence evidence) {
        if (isStuckOnly != other.isStuckOnly || !holdsStuckFeatures(evidence)) {
            return false;
        }
        if (isStuckOnly) {
            return parts.keySet().containsAll(other.parts.keySet());
        }
        if (parts.isEmpty() || other.parts.isEmpty()) {
            return parts.isEmpty() && other.parts.isEmpty();
        }
        boolean isCovered = isByValue == other.isByValue ? coversParts(other, evidence) : isFlank(other, evidence);
        return isCovered && fits(evidence);
    }

    /**
     * Whether the incident may be the beginning of this break: its values are still usual, its score is low, and the
     * feature that fits least is one that leads here.
     */
    private boolean isFlank(BreakKind other, Evidence evidence) {
        Part own = parts.get(other.first);
        return isByValue && own != null && own.isLeading && isFlank(evidence);
    }

    private boolean isFlank(Evidence evidence) {
        return evidence.excess() <= HALF * excess;
    }

    private boolean holdsStuckFeatures(Evidence evidence) {
        for (FeatureEvidence feature : evidence.features()) {
            if (feature.repeats() > 0 && !parts.containsKey(feature.feature())) {
                return false;
            }
        }
        return true;
    }

    private boolean coversParts(BreakKind other, Evidence evidence) {
        boolean isShared = false;
        for (Map.Entry<String, Part> entry : other.parts.entrySet()) {
            Part theirs = entry.getValue();
            Part own = parts.get(entry.getKey());
            boolean isSameSide = own != null && own.direction.fits(theirs.direction);
            if (own != null && own.isLeading && isSameSide) {
                isShared |= theirs.isLeading;
            } else if (theirs.size > Math.max(USUAL, TWICE * usual(own, isSameSide))
                    && (theirs.isLeading || isAlarmAlone(entry.getKey(), evidence))) {
                return false;
            }
        }
        return isShared;
    }

    /** Returns how far a feature that does not lead deviated in this incident, at most, squared. */
    private double usual(@Nullable Part own, boolean isSameSide) {
        if (own == null) {
            return leastListed;
        }
        return isSameSide ? own.size : 0;
    }

    /**
     * Whether a feature would raise an alarm without the others. An alarm score is the logarithm of a sum over the
     * features, so a feature with a share {@code s} of it has the excess {@code excess + ln(s)}.
     */
    private static boolean isAlarmAlone(String name, Evidence evidence) {
        for (FeatureEvidence feature : evidence.features()) {
            if (feature.feature().equals(name)) {
                return evidence.excess() + Math.log(feature.share()) > 0;
            }
        }
        return false;
    }

    /**
     * Whether the shape differs in the same way. At the flanks of a break, where scores are lower, the same break can
     * look different; so below half of the judged excess only the feature must be the same.
     */
    private boolean fits(Evidence evidence) {
        ShapeFinding shape = evidence.shape();
        if (shape == null) {
            return true;
        }
        if (finding != null && finding.feature().equals(shape.feature()) && isSameDifference(finding, shape)) {
            return true;
        }
        boolean isKnown =
                finding != null && finding.feature().equals(shape.feature()) || parts.containsKey(shape.feature());
        return isKnown && isFlank(evidence);
    }

    private static boolean isSameDifference(ShapeFinding one, ShapeFinding other) {
        return one.kind() == other.kind()
                && (one.kind() == ShapeDifference.SHAPE
                        || one.kind() == ShapeDifference.TIMING
                        || one.deviations() * other.deviations() >= 0);
    }
}
