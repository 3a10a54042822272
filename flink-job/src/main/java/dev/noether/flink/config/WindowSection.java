package dev.noether.flink.config;

import java.util.List;

/** Options of the section {@code window}: the input of the model. */
public final class WindowSection {
    private static final OptionSection SECTION = new OptionSection("window");

    public static final Option<Integer> ROWS = SECTION.option(
            "rows",
            OptionType.integer(1, 1024),
            4,
            "observations",
            "Number of observations of one entity in the model's input. The newest is judged, the others "
                    + "are its context.",
            "4 was best on server metrics. More rows cost memory for each entity and time for each score. "
                    + "1 means no context.",
            config -> config.window().rows());

    /** Every option of the section, in the order of the constants. */
    static final List<Option<?>> ALL = SECTION.options();

    private WindowSection() {}
}
