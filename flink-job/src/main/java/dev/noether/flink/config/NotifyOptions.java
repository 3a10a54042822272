package dev.noether.flink.config;

import dev.noether.schemas.Severity;
import java.io.Serializable;
import java.time.Duration;

/**
 * Who is told about incidents. It contains no secret: a placeholder names the environment variable or the file with the
 * secret, and {@link Secrets#resolve} reads it.
 *
 * @param alertmanager Alertmanagers
 * @param webhook web service of the user's own
 * @param slack placeholder of the address of a Slack-compatible webhook; empty for none
 * @param pagerDuty service of PagerDuty
 * @param leastSeverity least severity of an incident that is told
 * @param giveUpAfter time for which a delivery is tried
 * @param link address of a page about an incident, with {@code {id}}, {@code {entity}} and {@code {detector}} in place of
 *     its values; empty for none
 */
public record NotifyOptions(
        AlertmanagerOptions alertmanager,
        WebhookOptions webhook,
        String slack,
        PagerDutyOptions pagerDuty,
        Severity leastSeverity,
        Duration giveUpAfter,
        String link)
        implements Serializable {
    public NotifyOptions {
        NotifySection.SLACK.check(slack);
        NotifySection.LEAST_SEVERITY.check(leastSeverity);
        NotifySection.GIVE_UP_AFTER.check(giveUpAfter);
        NotifySection.LINK.check(link);
    }

    static NotifyOptions of(OptionValues values) {
        return new NotifyOptions(
                AlertmanagerOptions.of(values),
                WebhookOptions.of(values),
                values.get(NotifySection.SLACK),
                PagerDutyOptions.of(values),
                values.get(NotifySection.LEAST_SEVERITY),
                values.get(NotifySection.GIVE_UP_AFTER),
                values.get(NotifySection.LINK));
    }
}
