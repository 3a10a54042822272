package dev.noether.flink.config;

import dev.noether.model.alarm.AlarmBudget;
import java.io.Serializable;

/**
 * When an entity raises an alarm.
 *
 * @param budget how many false alarms are borne
 */
public record AlarmOptions(AlarmBudget budget) implements Serializable {
    public AlarmOptions {
        Options.ALARMS_BUDGET.check(budget);
    }
}
