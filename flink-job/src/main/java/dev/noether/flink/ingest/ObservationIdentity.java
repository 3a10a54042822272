package dev.noether.flink.ingest;

/**
 * Whose observation of which time a record is.
 *
 * @param entity name of the entity
 * @param eventTime milliseconds since 1970 UTC
 */
public record ObservationIdentity(String entity, long eventTime) {}
