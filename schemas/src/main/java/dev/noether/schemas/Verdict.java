package dev.noether.schemas;

/**
 * The detector's judgement of one observation. The codec writes the position of a constant in the Avro schema: the
 * order must not change.
 */
public enum Verdict {
    NORMAL,
    ANOMALOUS,
    UNSCORED
}
