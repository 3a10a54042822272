package dev.noether.flink.release;

import dev.noether.model.artifact.ModelArtifact;

/** The result of an attempt to read and check the artifact of a release. */
public sealed interface ReleaseDecision {
    /**
     * The model may score.
     *
     * @param model the model
     */
    record Accepted(ModelArtifact model) implements ReleaseDecision {}

    /**
     * The artifact is wrong in itself; another attempt would not change that.
     *
     * @param reason the reason, in words
     */
    record Refused(String reason) implements ReleaseDecision {}

    /**
     * The artifact cannot be read now; another attempt may succeed.
     *
     * @param reason the reason, in words
     * @param isMissing whether the store answered that there is no such file
     */
    record Unreadable(String reason, boolean isMissing) implements ReleaseDecision {}
}
