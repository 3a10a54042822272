package dev.noether.flink.config;

import java.io.Serializable;

/**
 * The service of PagerDuty that is told about incidents.
 *
 * @param pagerDutyUrl address of the Events API v2
 * @param pagerDutyKey placeholder of the integration key; empty if PagerDuty is not used
 */
public record PagerDutyOptions(String pagerDutyUrl, String pagerDutyKey) implements Serializable {
    public PagerDutyOptions {
        NotifySection.PAGER_DUTY_URL.check(pagerDutyUrl);
        NotifySection.PAGER_DUTY_KEY.check(pagerDutyKey);
    }

    static PagerDutyOptions of(OptionValues values) {
        return new PagerDutyOptions(values.get(NotifySection.PAGER_DUTY_URL), values.get(NotifySection.PAGER_DUTY_KEY));
    }
}
