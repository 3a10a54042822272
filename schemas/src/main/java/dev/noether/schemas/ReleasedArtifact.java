package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

/**
 * Location and hash of a model artifact.
 *
 * @param uri location of the artifact, in a form that Flink's file systems understand
 * @param sha256 SHA-256 hash of the artifact, lower-case hexadecimal
 * @param bytes length of the artifact, bytes
 */
public record ReleasedArtifact(String uri, String sha256, long bytes) {
    public ReleasedArtifact {
        requireNonNull(uri, "uri");
        requireNonNull(sha256, "sha256");
    }
}
