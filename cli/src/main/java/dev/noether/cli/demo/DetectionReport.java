package dev.noether.cli.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.noether.cli.stream.RowCursor;
import dev.noether.cli.stream.Workload;
import dev.noether.schemas.Incident;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How well scores and incidents agree with the labels of the live rows. Principal components are evaluated on exactly
 * the same rows for comparison.
 *
 * @param overall ranking of all live rows with a score; its keys are unwrapped in JSON
 * @param precision labelled share of the rows above the alarm threshold; null if no row is above it
 * @param recall share of the labelled rows that are above the alarm threshold; null if no row is labelled
 * @param baselineWindowRows rows in a window of the principal components
 * @param baselineComponents number of principal components
 * @param byModelVersion ranking of the rows of each model version; the scores of two models have different scales
 * @param byEntity ranking of the rows of each entity; empty if there are more than 32 entities
 * @param incidents number of incidents that the job reported
 * @param faults number of faults and of detected faults by kind; empty if the faults of the workload are unknown
 */
public record DetectionReport(
        @JsonUnwrapped Ranking overall,
        @Nullable Double precision,
        @Nullable Double recall,
        int baselineWindowRows,
        int baselineComponents,
        Map<Long, Ranking> byModelVersion,
        Map<String, Ranking> byEntity,
        @JsonProperty("told") IncidentCounts incidents,
        @JsonProperty("incidents") Map<String, FaultCount> faults) {
    /** The largest number of entities that are listed one by one. */
    private static final int MOST_ENTITIES = 32;

    /**
     * The faults of one kind.
     *
     * @param total faults in the live part
     * @param detected faults with at least one row above the alarm threshold or one overlapping incident of their
     *     entity
     */
    public record FaultCount(
            int total, @JsonProperty("found") int detected) {
        FaultCount plus(boolean isDetected) {
            return new FaultCount(total + 1, detected + (isDetected ? 1 : 0));
        }
    }

    /**
     * Compares scores and incidents with the labels; fits the principal components to the history.
     *
     * @param workload observations with their labels and faults
     * @param live scores of the live rows
     * @param incidents incidents that the job reported
     * @param windowRows rows in a window
     */
    static DetectionReport of(Workload workload, LiveScores live, List<Incident> incidents, int windowRows) {
        float[] baseline = PrincipalComponentsDetector.score(workload, windowRows, live.rows());
        Ranking.Builder overall = new Ranking.Builder();
        Map<Long, Ranking.Builder> byVersion = new TreeMap<>();
        Map<String, Ranking.Builder> byEntity = new TreeMap<>();
        int alarms = 0;
        int correctAlarms = 0;
        RowCursor rows = workload.live();
        for (int row = 0; row < live.rows() && rows.next(); row++) {
            float score = live.score(row);
            if (Float.isNaN(score) || Float.isNaN(baseline[row])) {
                continue;
            }
            boolean label = rows.isAnomalous();
            overall.add(score, baseline[row], label);
            byVersion
                    .computeIfAbsent(live.modelVersion(row), version -> new Ranking.Builder())
                    .add(score, baseline[row], label);
            if (workload.entities().size() <= MOST_ENTITIES) {
                byEntity.computeIfAbsent(workload.entities().get(rows.entity()), entity -> new Ranking.Builder())
                        .add(score, baseline[row], label);
            }
            alarms += live.isAnomalous(row) ? 1 : 0;
            correctAlarms += live.isAnomalous(row) && label ? 1 : 0;
        }
        Ranking ranking = overall.build();
        return new DetectionReport(
                ranking,
                alarms == 0 ? null : (double) correctAlarms / alarms,
                ranking.anomalousRows() == 0 ? null : (double) correctAlarms / ranking.anomalousRows(),
                windowRows,
                PrincipalComponentsDetector.COMPONENTS,
                rankings(byVersion),
                rankings(byEntity),
                IncidentCounts.of(incidents, workload, live.rows(), DemoDetector.BUDGET),
                FaultDetection.countByKind(workload, live, incidents));
    }

    private static <K extends Comparable<K>> Map<K, Ranking> rankings(Map<K, Ranking.Builder> builders) {
        Map<K, Ranking> rankings = new TreeMap<>();
        builders.forEach((key, builder) -> rankings.put(key, builder.build()));
        return rankings;
    }
}
