package dev.noether.cli.demo;

import dev.noether.cli.stream.RowCursor;
import dev.noether.cli.stream.Workload;
import dev.noether.model.evaluation.RankingMetrics;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How well the scores tell the labelled rows from the others, over all entities together, beside the principal components on
 * exactly the same rows.
 *
 * @param rows live rows with a score
 * @param anomalousRows those of them that are labelled
 * @param aucRoc null where one of the two kinds is missing, as the next three
 * @param precision share of the labelled rows among those above the threshold; null where there are none
 * @param recall share of the labelled rows that are above the threshold
 * @param incidents by kind; empty where the incidents have no names
 */
public record Detection(
        int rows,
        int anomalousRows,
        @Nullable Double aucRoc,
        @Nullable Double aucPr,
        @Nullable Double pcaAucRoc,
        @Nullable Double pcaAucPr,
        @Nullable Double precision,
        @Nullable Double recall,
        int baselineWindowRows,
        int baselineComponents,
        Map<String, Found> incidents) {
    /**
     * Incidents of one kind.
     *
     * @param total in the live part
     * @param found with at least one row above the threshold
     */
    public record Found(int total, int found) {
        Found plus(boolean isFound) {
            return new Found(total + 1, found + (isFound ? 1 : 0));
        }
    }

    /** Compares the scores with the labels, and fits the baseline. */
    static Detection of(Workload workload, LiveScores live, int windowRows) {
        float[] baseline = Baseline.score(workload, windowRows, live.rows());
        float[] scores = new float[live.rows()];
        float[] baselineScores = new float[live.rows()];
        boolean[] labels = new boolean[live.rows()];
        int count = 0;
        int labelled = 0;
        int above = 0;
        int hits = 0;
        RowCursor rows = workload.live();
        for (int row = 0; row < live.rows() && rows.next(); row++) {
            if (Float.isNaN(live.score(row)) || Float.isNaN(baseline[row])) {
                continue;
            }
            scores[count] = live.score(row);
            baselineScores[count] = baseline[row];
            labels[count] = rows.anomalous();
            count++;
            labelled += rows.anomalous() ? 1 : 0;
            above += live.anomalous(row) ? 1 : 0;
            hits += live.anomalous(row) && rows.anomalous() ? 1 : 0;
        }
        boolean comparable = labelled > 0 && labelled < count;
        float[] ours = Arrays.copyOf(scores, count);
        float[] theirs = Arrays.copyOf(baselineScores, count);
        boolean[] truth = Arrays.copyOf(labels, count);
        return new Detection(
                count,
                labelled,
                comparable ? RankingMetrics.aucRoc(ours, truth) : null,
                comparable ? RankingMetrics.aucPr(ours, truth) : null,
                comparable ? RankingMetrics.aucRoc(theirs, truth) : null,
                comparable ? RankingMetrics.aucPr(theirs, truth) : null,
                above == 0 ? null : (double) hits / above,
                labelled == 0 ? null : (double) hits / labelled,
                windowRows,
                Baseline.COMPONENTS,
                incidents(workload, live));
    }

    private static Map<String, Found> incidents(Workload workload, LiveScores live) {
        boolean[] found = new boolean[workload.incidents().size()];
        RowCursor rows = workload.live();
        long newest = Long.MIN_VALUE;
        for (int row = 0; row < live.rows() && rows.next(); row++) {
            newest = rows.eventTime();
            if (live.anomalous(row)) {
                for (int i = 0; i < found.length; i++) {
                    Workload.KnownIncident incident = workload.incidents().get(i);
                    found[i] |= incident.entity() == rows.entity()
                            && rows.eventTime() >= incident.start()
                            && rows.eventTime() < incident.end();
                }
            }
        }
        Map<String, Found> byKind = new TreeMap<>();
        for (int i = 0; i < found.length; i++) {
            Workload.KnownIncident incident = workload.incidents().get(i);
            if (incident.start() <= newest) {
                byKind.put(
                        incident.kind(),
                        byKind.getOrDefault(incident.kind(), new Found(0, 0)).plus(found[i]));
            }
        }
        return byKind;
    }
}
