package dev.noether.cli.demo;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.noether.cli.stream.RowCursor;
import dev.noether.cli.stream.Workload;
import dev.noether.schemas.Incident;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How well the scores tell the labelled rows from the others, over all entities together, beside the principal components on
 * exactly the same rows.
 *
 * @param all over all live rows with a score; in JSON its keys stand among the others
 * @param precision share of the labelled rows among those above the threshold; null where there are none
 * @param recall share of the labelled rows that are above the threshold; null where none is labelled
 * @param byModelVersion the same for the rows that one model scored: scores of two models are not on one scale
 * @param byEntity the same for the rows of one entity
 * @param told the incidents that the job told
 * @param incidents by kind; empty where the incidents have no names
 */
public record Detection(
        @JsonUnwrapped Ranking all,
        @Nullable Double precision,
        @Nullable Double recall,
        int baselineWindowRows,
        int baselineComponents,
        Map<Long, Ranking> byModelVersion,
        Map<String, Ranking> byEntity,
        IncidentCounts told,
        Map<String, Found> incidents) {
    /** More entities than this are too many to be told one by one. */
    private static final int MOST_ENTITIES = 32;

    /**
     * Incidents of one kind.
     *
     * @param total in the live part
     * @param found with at least one row above the threshold, or an incident of its entity at its time
     */
    public record Found(int total, int found) {
        Found plus(boolean isFound) {
            return new Found(total + 1, found + (isFound ? 1 : 0));
        }
    }

    /** Compares the scores with the labels, and fits the baseline. */
    static Detection of(Workload workload, LiveScores live, List<Incident> told, int windowRows) {
        float[] baseline = PrincipalComponentsDetector.score(workload, windowRows, live.rows());
        Ranking.Builder all = new Ranking.Builder();
        Map<Long, Ranking.Builder> byVersion = new TreeMap<>();
        Map<String, Ranking.Builder> byEntity = new TreeMap<>();
        int above = 0;
        int hits = 0;
        RowCursor rows = workload.live();
        for (int row = 0; row < live.rows() && rows.next(); row++) {
            float score = live.score(row);
            if (Float.isNaN(score) || Float.isNaN(baseline[row])) {
                continue;
            }
            boolean label = rows.anomalous();
            all.add(score, baseline[row], label);
            byVersion
                    .computeIfAbsent(live.version(row), version -> new Ranking.Builder())
                    .add(score, baseline[row], label);
            if (workload.entities().size() <= MOST_ENTITIES) {
                byEntity.computeIfAbsent(workload.entities().get(rows.entity()), entity -> new Ranking.Builder())
                        .add(score, baseline[row], label);
            }
            above += live.anomalous(row) ? 1 : 0;
            hits += live.anomalous(row) && label ? 1 : 0;
        }
        Ranking ranking = all.build();
        return new Detection(
                ranking,
                above == 0 ? null : (double) hits / above,
                ranking.anomalousRows() == 0 ? null : (double) hits / ranking.anomalousRows(),
                windowRows,
                PrincipalComponentsDetector.COMPONENTS,
                built(byVersion),
                built(byEntity),
                IncidentCounts.of(told, workload),
                incidents(workload, live, told));
    }

    private static <K extends Comparable<K>> Map<K, Ranking> built(Map<K, Ranking.Builder> builders) {
        Map<K, Ranking> rankings = new TreeMap<>();
        builders.forEach((key, builder) -> rankings.put(key, builder.build()));
        return rankings;
    }

    private static Map<String, Found> incidents(Workload workload, LiveScores live, List<Incident> told) {
        List<Workload.KnownIncident> incidents = workload.incidents();
        boolean[] found = new boolean[incidents.size()];
        RowCursor rows = workload.live();
        long newest = Long.MIN_VALUE;
        for (int row = 0; row < live.rows() && rows.next(); row++) {
            newest = rows.eventTime();
            if (live.anomalous(row)) {
                for (int i = 0; i < found.length; i++) {
                    Workload.KnownIncident incident = incidents.get(i);
                    found[i] |= incident.entity() == rows.entity()
                            && rows.eventTime() >= incident.start()
                            && rows.eventTime() < incident.end();
                }
            }
        }
        for (int i = 0; i < found.length; i++) {
            Workload.KnownIncident incident = incidents.get(i);
            found[i] |= told.stream().anyMatch(one -> IncidentCounts.meets(one, incident, workload));
        }
        Map<String, Found> byKind = new TreeMap<>();
        for (int i = 0; i < found.length; i++) {
            Workload.KnownIncident incident = incidents.get(i);
            if (incident.start() <= newest) {
                byKind.put(
                        incident.kind(),
                        byKind.getOrDefault(incident.kind(), new Found(0, 0)).plus(found[i]));
            }
        }
        return byKind;
    }
}
