package dev.noether.cli.demo;

import dev.noether.model.numeric.RankingMetrics;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How well scores rank the labelled rows before the others, compared with principal components on exactly the same
 * rows. An area is null if all rows or none of them are labelled.
 *
 * @param rows rows with a score
 * @param anomalousRows rows with a score that are labelled anomalous
 * @param aucRoc area under the ROC curve of the scores
 * @param aucPr area under the precision-recall curve of the scores
 * @param pcaAucRoc area under the ROC curve of the principal components
 * @param pcaAucPr area under the precision-recall curve of the principal components
 */
public record Ranking(
        int rows,
        int anomalousRows,
        @Nullable Double aucRoc,
        @Nullable Double aucPr,
        @Nullable Double pcaAucRoc,
        @Nullable Double pcaAucPr) {
    /** Collects scored rows. Not thread-safe. */
    static final class Builder {
        private static final int FIRST_CAPACITY = 1024;

        private float[] scores = new float[FIRST_CAPACITY];
        private float[] pcaScores = new float[FIRST_CAPACITY];
        private boolean[] labels = new boolean[FIRST_CAPACITY];
        private int count;
        private int anomalousCount;

        void add(float score, float pcaScore, boolean label) {
            if (count == scores.length) {
                scores = Arrays.copyOf(scores, 2 * count);
                pcaScores = Arrays.copyOf(pcaScores, 2 * count);
                labels = Arrays.copyOf(labels, 2 * count);
            }
            scores[count] = score;
            pcaScores[count] = pcaScore;
            labels[count] = label;
            count++;
            anomalousCount += label ? 1 : 0;
        }

        Ranking build() {
            if (anomalousCount == 0 || anomalousCount == count) {
                return new Ranking(count, anomalousCount, null, null, null, null);
            }
            float[] ours = Arrays.copyOf(scores, count);
            float[] theirs = Arrays.copyOf(pcaScores, count);
            boolean[] truth = Arrays.copyOf(labels, count);
            return new Ranking(
                    count,
                    anomalousCount,
                    RankingMetrics.aucRoc(ours, truth),
                    RankingMetrics.aucPr(ours, truth),
                    RankingMetrics.aucRoc(theirs, truth),
                    RankingMetrics.aucPr(theirs, truth));
        }
    }
}
