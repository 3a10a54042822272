package dev.noether.schemas;

/** Where a model stands in its life. The order is the order of the symbols in the Avro schema. */
public enum ReleaseStage {
    /** Scores. */
    CHAMPION,
    /** Waits for its proof. */
    CHALLENGER,
    /** Scores no more. */
    RETIRED
}
