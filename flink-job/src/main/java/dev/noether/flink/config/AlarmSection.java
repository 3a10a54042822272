package dev.noether.flink.config;

import dev.noether.model.alarm.AlarmBudget;
import java.util.List;

/** Options of the section {@code alarms}: the alarm budget. */
public final class AlarmSection {
    private static final OptionSection SECTION = new OptionSection("alarms");

    public static final Option<AlarmBudget> BUDGET = SECTION.option(
            "budget",
            OptionType.alarmBudget(),
            AlarmBudget.DEFAULT,
            "",
            "Accepted number of false alarms: for each entity with `per entity`, otherwise for all "
                    + "entities together.",
            "As many as the people who receive them can handle. The budget is extrapolated if there are "
                    + "fewer held-out observations than 20 times the number between two promised alarms.",
            config -> config.alarms().budget());

    /** Every option of the section, in the order of the constants. */
    static final List<Option<?>> ALL = SECTION.options();

    private AlarmSection() {}
}
