package dev.noether.flink.config;

import java.util.List;
import java.util.Map;

/** Options of the section {@code rules}: what never counts as an anomaly. */
public final class RuleSection {
    private static final OptionSection SECTION = new OptionSection("rules");

    public static final Option<List<String>> ONLY_UP = SECTION.option(
            "onlyUp",
            OptionType.names(),
            List.of(),
            "",
            "Features of which only a rise counts. A score is suppressed if less than half of it comes "
                    + "from counted deviations.",
            "Features whose fall is good news, such as latency or errors.",
            config -> config.rules().onlyUp());

    public static final Option<List<String>> ONLY_DOWN = SECTION.option(
            "onlyDown",
            OptionType.names(),
            List.of(),
            "",
            "Features of which only a fall counts.",
            "Features whose rise is good news, such as free disk space.",
            config -> config.rules().onlyDown());

    public static final Option<Map<String, Double>> LEAST_DEVIATION = SECTION.option(
            "leastDeviation",
            OptionType.amounts(),
            Map.of(),
            "each feature's own",
            "Smallest deviation from the expected value at which a feature counts.",
            "Below the smallest deviation that anybody would act on.",
            config -> config.rules().leastDeviation());

    public static final Option<Map<String, Double>> LEAST_RELATIVE_DEVIATION = SECTION.option(
            "leastRelativeDeviation",
            OptionType.amounts(),
            Map.of(),
            "part of the expected value",
            "The same as a part of the expected value: 0.1 is a tenth.",
            "For features whose size differs by orders of magnitude between entities.",
            config -> config.rules().leastRelativeDeviation());

    public static final Option<String> CALENDAR = SECTION.option(
            "calendar",
            OptionType.file(),
            "",
            "",
            "iCalendar file (.ics) with maintenance, during which scores and silences are suppressed. It "
                    + "is read when the job is submitted. `X-NOETHER-ENTITIES` in an event names its entities, with "
                    + "`*` and commas.",
            "Export it from the calendar in which maintenance is planned. Repetitions and time zones are "
                    + "supported.",
            config -> config.rules().calendar());

    /** Every option of the section, in the order of the constants. */
    static final List<Option<?>> ALL = SECTION.options();

    private RuleSection() {}
}
