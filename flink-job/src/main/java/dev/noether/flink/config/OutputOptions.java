package dev.noether.flink.config;

import java.io.Serializable;

/**
 * What is written.
 *
 * @param contributions which scores say how much each feature contributed
 * @param rejectedMaxBytes original bytes that a rejected record keeps; the rest is cut off
 * @param observationMaxBytes an observation of more bytes is rejected as TOO_LARGE without being decoded
 */
public record OutputOptions(ContributionDetail contributions, int rejectedMaxBytes, int observationMaxBytes)
        implements Serializable {
    public OutputOptions {
        Options.OUTPUT_CONTRIBUTIONS.check(contributions);
        Options.OUTPUT_REJECTED_MAX_BYTES.check(rejectedMaxBytes);
        Options.OUTPUT_OBSERVATION_MAX_BYTES.check(observationMaxBytes);
    }
}
