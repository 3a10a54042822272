package dev.noether.cli.demo;

import dev.noether.cli.verify.OutcomeAudit;
import java.util.Map;

/**
 * The number of observations in Kafka and of their outcomes. An outcome is a score record or a rejected record. All
 * runs on the same directory are included.
 *
 * @param observations observations in the topic
 * @param scores score records, including those without a score value
 * @param unscored score records without a score value
 * @param unscoredReasons score records without a score value, by reason
 * @param rejected rejected records
 * @param missing observations without an outcome
 * @param duplicated outcomes beyond the first one of an observation
 * @param unexpected outcomes without an observation
 * @param anomalous scores above the alarm threshold
 */
public record OutcomeCounts(
        long observations,
        long scores,
        long unscored,
        Map<String, Long> unscoredReasons,
        long rejected,
        long missing,
        long duplicated,
        long unexpected,
        long anomalous) {
    static OutcomeCounts of(OutcomeAudit.Result audit) {
        return new OutcomeCounts(
                audit.observations(),
                audit.scores(),
                audit.unscored(),
                audit.unscoredReasons(),
                audit.rejected(),
                audit.missing(),
                audit.duplicated(),
                audit.unexpected(),
                audit.anomalous());
    }
}
