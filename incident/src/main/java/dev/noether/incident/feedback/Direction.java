package dev.noether.incident.feedback;

import dev.noether.incident.evidence.FeatureEvidence;
import dev.noether.incident.evidence.UsualRange;
import dev.noether.schemas.Cause;

/** The side of the usual values to which a feature deviates. */
enum Direction {
    UP,
    DOWN,
    /** The value itself is usual, or nothing is known of what is usual: only its relation to other values is broken. */
    NONE;

    static Direction of(Cause cause) {
        return of(cause.observed(), cause.expected(), cause.usualLow(), cause.usualHigh());
    }

    static Direction of(FeatureEvidence feature) {
        return of(feature.observed(), feature.expected(), feature.usualLow(), feature.usualHigh());
    }

    private static Direction of(float observed, float expected, float usualLow, float usualHigh) {
        if (observed >= usualLow && observed <= usualHigh) {
            return NONE;
        }
        float deviation = observed - UsualRange.reference(observed, expected, usualLow, usualHigh);
        if (deviation > 0) {
            return UP;
        }
        return deviation < 0 ? DOWN : NONE;
    }

    /** Returns whether deviations of both directions can be of one kind. */
    boolean fits(Direction other) {
        return this == other || this == NONE || other == NONE;
    }
}
