package dev.noether.schemas.output;

/** The format of the records that a detector writes. */
public enum OutputFormat {
    /** Avro's single-object encoding: two marker bytes, the fingerprint of the schema, the body. */
    AVRO,
    /** One JSON object a record, in UTF-8; its schema is published beside those of Avro. */
    JSON
}
