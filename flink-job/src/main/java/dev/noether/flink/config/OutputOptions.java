package dev.noether.flink.config;

import dev.noether.schemas.output.OutputFormat;
import java.io.Serializable;

/**
 * Format, amount of detail and sizes of the written records.
 *
 * @param format format of scores, incidents and rejected records
 * @param contributions which scores list the contribution of each feature
 * @param rejectedMaxBytes number of original bytes that a rejected record keeps; the rest is cut off
 * @param observationMaxBytes size above which an observation is rejected as TOO_LARGE without being decoded
 */
public record OutputOptions(
        OutputFormat format, ContributionDetail contributions, int rejectedMaxBytes, int observationMaxBytes)
        implements Serializable {
    public OutputOptions {
        OutputSection.FORMAT.check(format);
        OutputSection.CONTRIBUTIONS.check(contributions);
        OutputSection.REJECTED_MAX_BYTES.check(rejectedMaxBytes);
        OutputSection.OBSERVATION_MAX_BYTES.check(observationMaxBytes);
    }

    static OutputOptions of(OptionValues values) {
        return new OutputOptions(
                values.get(OutputSection.FORMAT),
                values.get(OutputSection.CONTRIBUTIONS),
                values.get(OutputSection.REJECTED_MAX_BYTES),
                values.get(OutputSection.OBSERVATION_MAX_BYTES));
    }
}
