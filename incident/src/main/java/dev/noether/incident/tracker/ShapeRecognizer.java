package dev.noether.incident.tracker;

import java.util.List;

/**
 * Tells in which shape the leading feature broke, from the last anomalous rows of the incident. Rules of thumb in a fixed
 * order; what fits none stays {@link BreakShape#UNKNOWN}, because a wrong word costs more trust than none.
 */
final class ShapeRecognizer {
    /** A second feature is part of a broken relation when it deviates at least this much of the first. */
    private static final float PARTNER = 0.25f;

    private static final int LEAST_STUCK = 3;
    private static final int LEAST_TREND = 4;
    private static final int MOST_SPIKE = 2;

    private ShapeRecognizer() {}

    /**
     * Recognises the shape.
     *
     * @param incident with at least one row
     * @param leading its leading features, the first one first
     * @param over whether the incident is over
     */
    static BreakShape recognize(OpenIncident incident, List<LeadingFeature> leading, boolean over) {
        if (leading.isEmpty()) {
            return BreakShape.UNKNOWN;
        }
        LeadingFeature first = leading.get(0);
        float[] observed = incident.features.observed(first.feature());
        float[] expected = incident.features.expected(first.feature());
        if (incident.features.repeats(first.feature()) > 0 || isStuck(observed, expected)) {
            return BreakShape.STUCK;
        }
        if (isBrokenRelation(incident, leading)) {
            return BreakShape.CORRELATION;
        }
        if (over && incident.count <= MOST_SPIKE) {
            return BreakShape.SPIKE;
        }
        return trend(observed, expected);
    }

    /** The value is the same in each row, where others were expected. */
    private static boolean isStuck(float[] observed, float[] expected) {
        if (observed.length < LEAST_STUCK) {
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
        // A model that expects nearly the same each time sees a level, not something that should move and does not.
        return most - least > 0.05f * Math.abs(observed[0] - (most + least) / 2);
    }

    /** Each value by itself is usual: what broke is the relation between them. */
    private static boolean isBrokenRelation(OpenIncident incident, List<LeadingFeature> leading) {
        if (leading.size() < 2 || !leading.get(0).isUsual() || !leading.get(1).isUsual()) {
            return false;
        }
        float first = incident.features.rank(leading.get(0).feature());
        float second = incident.features.rank(leading.get(1).feature());
        return second >= PARTNER * first;
    }

    private static BreakShape trend(float[] observed, float[] expected) {
        int rows = observed.length;
        if (rows < LEAST_TREND) {
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
        boolean fromNearby = Math.abs(observed[0] - expected[0]) < Math.abs(last) / 2;
        return fromNearby && growing >= 0.75 * (rows - 1) ? BreakShape.DRIFT : BreakShape.LEVEL;
    }
}
