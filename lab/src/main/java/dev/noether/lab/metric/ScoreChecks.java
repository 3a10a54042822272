package dev.noether.lab.metric;

/** The checks of scores and labels that all metrics share. */
final class ScoreChecks {
    private ScoreChecks() {}

    /**
     * Checks scores against labels.
     *
     * @return number of true labels
     * @throws IllegalArgumentException if the lengths differ, a score is NaN, or one of the two classes is missing
     */
    static int countAnomalous(float[] scores, boolean[] labels) {
        if (scores.length != labels.length) {
            throw new IllegalArgumentException("`scores` and `labels` must be of the same length (got " + scores.length
                    + " and " + labels.length + ")");
        }
        int anomalous = 0;
        for (int i = 0; i < scores.length; i++) {
            if (Float.isNaN(scores[i])) {
                throw new IllegalArgumentException("`scores` must not hold NaN (got one at index " + i + ")");
            }
            anomalous += labels[i] ? 1 : 0;
        }
        if (anomalous == 0 || anomalous == labels.length) {
            throw new IllegalArgumentException(
                    "`labels` must hold both true and false (got " + anomalous + " true of " + labels.length + ")");
        }
        return anomalous;
    }
}
