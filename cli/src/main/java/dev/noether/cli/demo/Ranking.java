package dev.noether.cli.demo;

import dev.noether.model.numeric.RankingMetrics;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How well scores rank the labelled rows first, beside the baseline on exactly the same rows.
 *
 * @param rows with a score
 * @param anomalousRows those of them that are labelled
 * @param aucRoc null where one of the two kinds is missing, as the next three
 */
public record Ranking(
        int rows,
        int anomalousRows,
        @Nullable Double aucRoc,
        @Nullable Double aucPr,
        @Nullable Double pcaAucRoc,
        @Nullable Double pcaAucPr) {
    /** Gathers rows. */
    static final class Builder {
        private float[] scores = new float[1024];
        private float[] baseline = new float[1024];
        private boolean[] labels = new boolean[1024];
        private int count;
        private int labelled;

        void add(float score, float baselineScore, boolean label) {
            if (count == scores.length) {
                scores = Arrays.copyOf(scores, 2 * count);
                baseline = Arrays.copyOf(baseline, 2 * count);
                labels = Arrays.copyOf(labels, 2 * count);
            }
            scores[count] = score;
            baseline[count] = baselineScore;
            labels[count] = label;
            count++;
            labelled += label ? 1 : 0;
        }

        Ranking build() {
            if (labelled == 0 || labelled == count) {
                return new Ranking(count, labelled, null, null, null, null);
            }
            float[] ours = Arrays.copyOf(scores, count);
            float[] theirs = Arrays.copyOf(baseline, count);
            boolean[] truth = Arrays.copyOf(labels, count);
            return new Ranking(
                    count,
                    labelled,
                    RankingMetrics.aucRoc(ours, truth),
                    RankingMetrics.aucPr(ours, truth),
                    RankingMetrics.aucRoc(theirs, truth),
                    RankingMetrics.aucPr(theirs, truth));
        }
    }
}
