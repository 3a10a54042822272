package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

/**
 * Which model: two models of one version, made by two processes, are two models.
 *
 * @param version version of the model within the detector
 * @param sha256 SHA-256 of the artifact's bytes, lower-case hexadecimal
 */
public record ModelIdentity(long version, String sha256) {
    private static final int HASH_DIGITS = 16;

    public ModelIdentity {
        requireNonNull(sha256, "sha256");
    }

    /** The first 16 digits of the hash, as in the name of the artifact's file. */
    public String shortHash() {
        return sha256.substring(0, Math.min(HASH_DIGITS, sha256.length()));
    }

    @Override
    public String toString() {
        return version + " (" + shortHash() + ")";
    }
}
