package dev.noether.incident.tracker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes ids of incidents: 32 hexadecimal digits that follow from what the incident is, and from nothing else. */
public final class IncidentId {
    private static final int BYTES = 16;

    private IncidentId() {}

    /** The id of what began for an entity (empty: for a group or the source) at an event time in milliseconds. */
    public static String of(String detector, IncidentKind kind, String entity, long start) {
        // A detector's name holds no slash, and the entity, which may hold anything, comes last.
        String text = detector + "/" + kind + "/" + start + "/" + entity;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
