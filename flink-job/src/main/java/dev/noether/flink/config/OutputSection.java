package dev.noether.flink.config;

import dev.noether.schemas.output.OutputFormat;
import java.util.List;

/** Options of the section {@code output}: what the records of the job contain. */
public final class OutputSection {
    private static final int MEBIBYTE = 1 << 20;

    private static final OptionSection SECTION = new OptionSection("output");

    public static final Option<OutputFormat> FORMAT = SECTION.option(
            "format",
            OptionType.oneOf(OutputFormat.class),
            OutputFormat.AVRO,
            "",
            "Format of scores, incidents and rejected records.",
            "`json` for readers without Avro; about four times the bytes before compression. It can be changed at a "
                    + "restart: everything in Noether reads both, also in one topic.",
            config -> config.output().format());

    public static final Option<ContributionDetail> CONTRIBUTIONS = SECTION.option(
            "contributions",
            OptionType.oneOf(ContributionDetail.class),
            ContributionDetail.ANOMALOUS,
            "",
            "Which scores list the contribution of each feature.",
            "`all` costs about 20 bytes for each feature of each score.",
            config -> config.output().contributions());

    public static final Option<Integer> REJECTED_MAX_BYTES = SECTION.option(
            "rejectedMaxBytes",
            OptionType.integer(0, 64 * MEBIBYTE),
            4 * MEBIBYTE,
            "bytes",
            "Number of original bytes that a rejected record keeps; the rest is cut off.",
            "At least the observations topic's `max.message.bytes`, so that every record can be repaired "
                    + "and sent again.",
            config -> config.output().rejectedMaxBytes());

    public static final Option<Integer> OBSERVATION_MAX_BYTES = SECTION.option(
            "observationMaxBytes",
            OptionType.integer(16, 64 * MEBIBYTE),
            MEBIBYTE / 2,
            "bytes",
            "A larger observation is rejected without being decoded.",
            "Far above the size of a correct observation: 4 bytes for each feature when positional.",
            config -> config.output().observationMaxBytes());

    /** Every option of the section, in the order of the constants. */
    static final List<Option<?>> ALL = SECTION.options();

    private OutputSection() {}
}
