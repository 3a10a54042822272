package dev.noether.cli.demo;

import dev.noether.cli.verify.Ledger;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import java.util.Arrays;

/** The scores of the live rows, by the number of the row. Not thread-safe. */
final class LiveScores {
    private final Ledger ledger;
    private final float[] scores;
    private final boolean[] anomalous;
    private final long[] versions;

    /** @param rows how many live rows were sent */
    LiveScores(Ledger ledger, int rows) {
        this.ledger = ledger;
        this.scores = new float[rows];
        this.anomalous = new boolean[rows];
        this.versions = new long[rows];
        Arrays.fill(scores, Float.NaN);
    }

    /** Takes a score, if it is one of a live row. */
    void add(Score score) {
        if (score.verdict() == Verdict.UNSCORED) {
            return;
        }
        int row = ledger.row(score.sourcePartition(), score.sourceOffset());
        if (row >= 0 && row < scores.length) {
            scores[row] = (float) score.score();
            anomalous[row] = score.verdict() == Verdict.ANOMALOUS;
            versions[row] = score.modelVersion();
        }
    }

    /** The score of a row; NaN where it has none. */
    float score(int row) {
        return scores[row];
    }

    /** Whether the row is above its threshold. */
    boolean anomalous(int row) {
        return anomalous[row];
    }

    /** The model that scored the row. */
    long version(int row) {
        return versions[row];
    }

    /** Live rows. */
    int rows() {
        return scores.length;
    }
}
