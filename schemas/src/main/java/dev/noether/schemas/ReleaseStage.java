package dev.noether.schemas;

/**
 * The stage of a model release. The codec writes the position of a constant in the Avro schema: the order must not
 * change.
 */
public enum ReleaseStage {
    /** The model scores. */
    CHAMPION,
    /**
     * A stage that this version does not use, such as {@code CHALLENGER}, the symbol at this position of the Avro
     * schema. Such a release stays readable; the scoring job ignores it.
     */
    OTHER,
    /** The model no longer scores. */
    RETIRED
}
