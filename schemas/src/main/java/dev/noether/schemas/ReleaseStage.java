package dev.noether.schemas;

/**
 * The stage of a model release. The codec writes the position of a constant in the Avro schema: the order must not
 * change.
 */
public enum ReleaseStage {
    /** The model scores. */
    CHAMPION,
    /** The model may score later; or a stage that this version does not know. The scoring job ignores the release. */
    CHALLENGER,
    /** The model no longer scores from {@link ModelRelease#effectiveTo} on; without that time, not at all. */
    RETIRED,
    /** The gate refused the model. Its artifact is kept; the scoring job ignores the release. */
    REFUSED
}
