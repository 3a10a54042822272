package dev.noether.flink.config;

import java.io.Serializable;

/**
 * From scores to alerts.
 *
 * @param alarms budget of false alarms
 * @param incidents how anomalous scores become incidents
 * @param rules rules that suppress anomalous scores
 * @param notifying who is told about incidents
 * @param console the page that shows them
 */
public record AlertingOptions(
        AlarmOptions alarms,
        IncidentOptions incidents,
        RuleOptions rules,
        NotifyOptions notifying,
        ConsoleOptions console)
        implements Serializable {
    static AlertingOptions of(OptionValues values) {
        return new AlertingOptions(
                AlarmOptions.of(values),
                IncidentOptions.of(values),
                RuleOptions.of(values),
                NotifyOptions.of(values),
                ConsoleOptions.of(values));
    }
}
