package dev.noether.schemas;

/** What the detector says of one observation. The order is the order of the symbols in the Avro schema. */
public enum Verdict {
    NORMAL,
    ANOMALOUS,
    UNSCORED
}
