package dev.noether.flink.config;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * Alertmanagers that are told about incidents.
 *
 * @param alertmanagers base addresses of the Alertmanagers of one cluster, such as {@code http://alertmanager:9093}; empty for
 *     none
 * @param alertmanagerHeaders further headers of each request; values may contain {@code ${env:NAME}} and {@code ${file:/path}}
 */
public record AlertmanagerOptions(List<String> alertmanagers, Map<String, String> alertmanagerHeaders)
        implements Serializable {
    public AlertmanagerOptions {
        alertmanagers = List.copyOf(NotifySection.ALERTMANAGERS.check(alertmanagers));
        alertmanagerHeaders = Map.copyOf(NotifySection.ALERTMANAGER_HEADERS.check(alertmanagerHeaders));
    }

    static AlertmanagerOptions of(OptionValues values) {
        return new AlertmanagerOptions(
                values.get(NotifySection.ALERTMANAGERS), values.get(NotifySection.ALERTMANAGER_HEADERS));
    }

    /** Lists the names of the headers, without their values. */
    @Override
    public String toString() {
        return "AlertmanagerOptions[" + alertmanagers + ", " + alertmanagerHeaders.keySet() + "]";
    }
}
