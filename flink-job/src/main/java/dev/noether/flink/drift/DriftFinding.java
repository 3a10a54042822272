package dev.noether.flink.drift;

/**
 * What the scores of the last period show.
 *
 * @param kind the finding
 * @param excess part of the rows that are unusual beyond what the model's first hours had, in the part of the period
 *     with the median excess; NaN if it is unknown
 * @param shiftedEntities number of entities that were unusual in most parts of the period
 * @param entities number of entities with enough scores
 * @param sentence the finding in words
 */
public record DriftFinding(Kind kind, double excess, int shiftedEntities, int entities, String sentence) {
    /** What the finding is. */
    public enum Kind {
        /** The scores are as they were when the model began to score. */
        STEADY,
        /** Too few scores, or the model is too young. */
        UNKNOWN,
        /** A lasting change of few entities: an incident. */
        INCIDENT,
        /** A lasting change of rows with filled-in or stuck values, or rows that cannot be scored. */
        BROKEN_DATA,
        /** A lasting change of many entities: what is normal has changed. */
        DRIFT
    }

    static DriftFinding unknown(String sentence) {
        return new DriftFinding(Kind.UNKNOWN, Double.NaN, 0, 0, sentence);
    }
}
