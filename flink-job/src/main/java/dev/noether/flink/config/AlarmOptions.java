package dev.noether.flink.config;

import dev.noether.model.alarm.AlarmBudget;
import java.io.Serializable;

/**
 * How many alarms are allowed.
 *
 * @param budget accepted number of false alarms
 */
public record AlarmOptions(AlarmBudget budget) implements Serializable {
    public AlarmOptions {
        AlarmSection.BUDGET.check(budget);
    }

    static AlarmOptions of(OptionValues values) {
        return new AlarmOptions(values.get(AlarmSection.BUDGET));
    }
}
