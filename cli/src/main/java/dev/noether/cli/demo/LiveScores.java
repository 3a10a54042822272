package dev.noether.cli.demo;

import dev.noether.cli.verify.DeliveryLog;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import java.util.Arrays;

/** The scores of the live rows, by row number. Not thread-safe. */
final class LiveScores {
    private final DeliveryLog deliveries;
    private final float[] scores;
    private final boolean[] anomalies;
    private final long[] modelVersions;

    /**
     * Makes an empty table.
     *
     * @param deliveries row number of each delivered observation
     * @param rows number of live rows that were sent
     */
    LiveScores(DeliveryLog deliveries, int rows) {
        this.deliveries = deliveries;
        this.scores = new float[rows];
        this.anomalies = new boolean[rows];
        this.modelVersions = new long[rows];
        Arrays.fill(scores, Float.NaN);
    }

    /** Adds the score of a live row; ignores all other records. */
    void add(Score score) {
        if (score.verdict() == Verdict.UNSCORED) {
            return;
        }
        int row = deliveries.row(score.sourcePartition(), score.sourceOffset());
        if (row >= 0 && row < scores.length) {
            scores[row] = (float) score.score();
            anomalies[row] = score.verdict() == Verdict.ANOMALOUS;
            modelVersions[row] = score.modelVersion();
        }
    }

    /** The score of a row; NaN if it has none. */
    float score(int row) {
        return scores[row];
    }

    /** Whether the score of the row is above the alarm threshold. */
    boolean isAnomalous(int row) {
        return anomalies[row];
    }

    /** The version of the model that scored the row; 0 if the row has no score. */
    long modelVersion(int row) {
        return modelVersions[row];
    }

    /** The number of live rows. */
    int rows() {
        return scores.length;
    }
}
