package dev.noether.flink.config;

import java.util.List;

/** Options at the top level of the configuration file. */
public final class GeneralSection {
    private static final OptionSection SECTION = new OptionSection("");

    public static final Option<String> DETECTOR = SECTION.required(
            "detector",
            OptionType.name(),
            "",
            "Name of the detector. It is part of scores, models, consumer groups and transactional ids.",
            "Use one detector for each kind of entity. A new name is a new detector: it starts without "
                    + "state and without a model.",
            DetectorConfig::detector);

    public static final Option<List<String>> FEATURES = SECTION.required(
            "features",
            OptionType.featureNames(),
            "",
            "Names of the features, in the order of positional values.",
            "Name the values that one entity reports at one instant. Any change of a name or of the order "
                    + "needs a new model.",
            config -> config.features().names());

    public static final Option<Integer> PARALLELISM = SECTION.option(
            "parallelism",
            OptionType.integer(1, 4096),
            1,
            "subtasks",
            "Number of subtasks of each operator of the scoring job.",
            "At most one for each core, and at most the number of partitions of the observations topic.",
            DetectorConfig::parallelism);

    public static final Option<Boolean> EXACTLY_ONCE = SECTION.option(
            "exactlyOnce",
            OptionType.flag(),
            true,
            "",
            "Whether scores and rejected records are written in Kafka transactions.",
            "With false, scores become visible at once instead of at the next checkpoint, and some are "
                    + "written twice after a failure.",
            DetectorConfig::exactlyOnce);

    /** Every option of the section, in the order of the constants. */
    static final List<Option<?>> ALL = SECTION.options();

    private GeneralSection() {}
}
