package dev.noether.incident.anomaly;

import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Cause;
import java.util.List;

/**
 * Recognises how the leading feature deviated, from the last anomalous rows of the incident. Applies rules of thumb in
 * a fixed order. If none applies, the shape is {@link BreakShape#UNKNOWN}: a wrong shape misleads more than none.
 */
final class ShapeRecognizer {
    /** A second feature is part of a broken relation if its rank is at least this share of the first feature's rank. */
    private static final float PARTNER = 0.25f;

    private static final int MIN_STUCK_ROWS = 3;
    private static final int MIN_TREND_ROWS = 4;
    private static final int MAX_SPIKE_ROWS = 2;

    private ShapeRecognizer() {}

    /**
     * Recognises the shape.
     *
     * @param incident an incident with at least one row
     * @param leading its leading features, largest deviation first
     * @param isOver whether the incident is over
     */
    static BreakShape recognize(OpenAnomaly incident, List<Cause> leading, boolean isOver) {
        if (leading.isEmpty()) {
            return BreakShape.UNKNOWN;
        }
        Cause first = leading.get(0);
        float[] observed = incident.features.observed(first.feature());
        float[] expected = incident.features.expected(first.feature());
        if (incident.features.repeats(first.feature()) > 0 || isStuck(observed, expected)) {
            return BreakShape.STUCK;
        }
        if (isBrokenRelation(incident, leading)) {
            return BreakShape.CORRELATION;
        }
        if (isOver && incident.count <= MAX_SPIKE_ROWS) {
            return BreakShape.SPIKE;
        }
        return trend(observed, expected);
    }

    /** Returns whether all observed values are equal although different values were expected. */
    private static boolean isStuck(float[] observed, float[] expected) {
        if (observed.length < MIN_STUCK_ROWS) {
            return false;
        }
        for (float value : observed) {
            if (value != observed[0]) {
                return false;
            }
        }
        float least = expected[0];
        float most = expected[0];
        for (float value : expected) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        // If the model expects nearly the same value each time, the feature need not change: this is a level.
        return most - least > 0.05f * Math.abs(observed[0] - (most + least) / 2);
    }

    /** Returns whether two features are each in their usual range, so that only their relation can be unusual. */
    private static boolean isBrokenRelation(OpenAnomaly incident, List<Cause> leading) {
        if (leading.size() < 2
                || !leading.get(0).isInUsualRange()
                || !leading.get(1).isInUsualRange()) {
            return false;
        }
        float first = incident.features.rank(leading.get(0).feature());
        float second = incident.features.rank(leading.get(1).feature());
        return second >= PARTNER * first;
    }

    private static BreakShape trend(float[] observed, float[] expected) {
        int rows = observed.length;
        if (rows < MIN_TREND_ROWS) {
            return BreakShape.UNKNOWN;
        }
        float last = observed[rows - 1] - expected[rows - 1];
        int growing = 0;
        for (int i = 0; i < rows; i++) {
            float residual = observed[i] - expected[i];
            if (residual * last <= 0) {
                return BreakShape.UNKNOWN;
            }
            if (i > 0 && Math.abs(residual) > Math.abs(observed[i - 1] - expected[i - 1])) {
                growing++;
            }
        }
        boolean isFromNearby = Math.abs(observed[0] - expected[0]) < Math.abs(last) / 2;
        return isFromNearby && growing >= 0.75 * (rows - 1) ? BreakShape.DRIFT : BreakShape.LEVEL;
    }
}
