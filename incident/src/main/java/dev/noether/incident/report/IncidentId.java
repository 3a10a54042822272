package dev.noether.incident.report;

import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Computes incident ids: 32 hexadecimal digits, a hash of detector, kind, entity and start. A replay therefore gives an
 * incident the same id.
 */
public final class IncidentId {
    private static final int BYTES = 16;

    private IncidentId() {}

    /**
     * Returns the identity of an incident.
     *
     * @param detector the detector's name
     * @param kind the kind of incident
     * @param entity the entity's name; empty for a group and for a stalled source
     * @param start event time at which the incident began, milliseconds
     */
    public static IncidentIdentity identity(String detector, IncidentKind kind, String entity, long start) {
        return new IncidentIdentity(detector, hash(detector, kind, entity, start), entity, kind);
    }

    /**
     * Returns the identity of an incident of the source that is about one feature.
     *
     * @param detector the detector's name
     * @param kind the kind of incident
     * @param feature the feature's name
     * @param start event time at which the incident began, milliseconds
     */
    public static IncidentIdentity ofFeature(String detector, IncidentKind kind, String feature, long start) {
        // No entity's text contains this one: a stall has no entity.
        return new IncidentIdentity(detector, hash(detector, kind, "feature " + feature, start), "", kind);
    }

    /**
     * Returns the identity of an incident of one entity that is about some of its features.
     *
     * @param detector the detector's name
     * @param kind the kind of incident
     * @param entity the entity's name
     * @param start event time at which the incident began, milliseconds
     */
    public static IncidentIdentity ofFeatures(String detector, IncidentKind kind, String entity, long start) {
        // The start of other incidents, a number, stands where this text has a word.
        return new IncidentIdentity(detector, hash(detector + "/features", kind, entity, start), entity, kind);
    }

    private static String hash(String detector, IncidentKind kind, String entity, long start) {
        // Unambiguous: a detector's name has no slash, and the entity, which may have any character, comes last.
        String text = detector + "/" + kind + "/" + start + "/" + entity;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
