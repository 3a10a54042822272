package dev.noether.incident.feedback;

import dev.noether.incident.anomaly.AnomalyTracker;
import dev.noether.incident.evidence.Evidence;
import dev.noether.incident.evidence.FeatureEvidence;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Cause;
import dev.noether.schemas.JudgedIncident;
import dev.noether.schemas.ShapeDifference;
import dev.noether.schemas.ShapeFinding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kind of a break: its leading features with their directions, and how the shape of the signal differed. An
 * anomalous score is of the kind if these features explain it, and if no other feature would raise an alarm without
 * them. Immutable.
 */
final class BreakKind {
    /** A feature leads if it deviates a quarter as far as the first one, or by eight standard deviations … */
    private static final float PART_OF_FIRST = 1f / 16;

    private static final float FAR = 64;

    /** … but not within three standard deviations, unless the first one is hardly further. Deviations are squared. */
    private static final float NEAR = 9;

    private static final float HALF_OF_FIRST = 1f / 4;

    /** Other features may deviate twice as far as in the judged incident; deviations are squared. */
    private static final float TWICE = 4;

    private static final double HALF = 0.5;

    private final Map<String, KnownFeature> features = new HashMap<>();
    private final boolean hasFeatures;
    /** No feature that the incident does not list deviated further than this. */
    private final float leastListed;

    private final boolean isStuckOnly;
    private final double excess;
    private final @Nullable ShapeFinding finding;

    private record KnownFeature(Direction direction, float deviation, boolean isLeading) {}

    private BreakKind(JudgedIncident judged) {
        List<Cause> causes = judged.diagnosis().causes();
        float first = 0;
        for (Cause cause : causes) {
            first = Math.max(first, cause.deviation());
        }
        float least = Math.max(Math.min(first * PART_OF_FIRST, FAR), Math.min(NEAR, first * HALF_OF_FIRST));
        isStuckOnly = Double.isNaN(judged.peakScore()) && judged.diagnosis().shape() == BreakShape.STUCK;
        for (int i = 0; i < causes.size(); i++) {
            Cause cause = causes.get(i);
            boolean isLeading = isStuckOnly || i == 0 || cause.deviation() > 0 && cause.deviation() >= least;
            features.put(cause.feature(), new KnownFeature(Direction.of(cause), cause.deviation(), isLeading));
        }
        hasFeatures = !causes.isEmpty();
        leastListed = causes.size() < AnomalyTracker.MAX_CAUSES
                ? 0
                : causes.get(causes.size() - 1).deviation();
        excess = judged.excess();
        finding = judged.diagnosis().shapeFinding();
    }

    /** Returns the kind of an incident. */
    static BreakKind of(JudgedIncident judged) {
        return new BreakKind(judged);
    }

    /** Returns whether a score is of this kind. */
    boolean matches(Evidence evidence) {
        if (!evidence.isAnomalous()) {
            return isStuckOnly && holdsStuckFeatures(evidence);
        }
        return !isStuckOnly && holdsStuckFeatures(evidence) && explains(evidence) && fits(evidence);
    }

    private boolean holdsStuckFeatures(Evidence evidence) {
        for (FeatureEvidence feature : evidence.features()) {
            if (feature.repeats() > 0 && !features.containsKey(feature.feature())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the leading features hold at least half of the score, and no other feature alone would exceed the
     * threshold. An alarm score is the logarithm of a sum over the features, so a feature with a share {@code s} of it
     * has the excess {@code excess + ln(s)}.
     */
    private boolean explains(Evidence evidence) {
        double explained = 0;
        double all = 0;
        for (FeatureEvidence feature : evidence.features()) {
            all += feature.share();
            KnownFeature known = features.get(feature.feature());
            boolean isSameDirection = known != null && known.direction.fits(Direction.of(feature));
            if (known != null && known.isLeading && isSameDirection) {
                explained += feature.share();
            } else if (evidence.excess() + Math.log(feature.share()) > 0
                    && feature.deviation() >= TWICE * usual(known, isSameDirection)) {
                return false;
            }
        }
        return all > 0 ? explained >= HALF * all : !hasFeatures;
    }

    /** Returns how far a feature that does not lead deviated in the judged incident, at most. */
    private float usual(@Nullable KnownFeature known, boolean isSameDirection) {
        if (known == null) {
            return leastListed;
        }
        return isSameDirection ? known.deviation : 0;
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
        boolean isKnown = finding != null && finding.feature().equals(shape.feature())
                || features.containsKey(shape.feature());
        return isKnown && evidence.excess() <= HALF * excess;
    }

    private static boolean isSameDifference(ShapeFinding one, ShapeFinding other) {
        return one.kind() == other.kind()
                && (one.kind() == ShapeDifference.SHAPE
                        || one.kind() == ShapeDifference.TIMING
                        || one.deviations() * other.deviations() >= 0);
    }
}
