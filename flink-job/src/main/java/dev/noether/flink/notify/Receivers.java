package dev.noether.flink.notify;

import dev.noether.flink.config.ConfigurationException;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.NotifyOptions;
import dev.noether.flink.config.NotifySection;
import dev.noether.flink.config.Option;
import dev.noether.flink.config.Secrets;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes the receivers of a detector. */
final class Receivers {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private Receivers() {}

    /**
     * Returns the receivers that a configuration names.
     *
     * @throws ConfigurationException if it names none, or a secret cannot be read
     */
    static List<Receiver> of(DetectorConfig config) {
        NotifyOptions options = config.notifying();
        WebClient web = new WebClient(TIMEOUT);
        Clock clock = Clock.systemUTC();
        List<Receiver> receivers = new ArrayList<>();
        if (!options.alertmanager().alertmanagers().isEmpty()) {
            List<URI> urls = options.alertmanager().alertmanagers().stream()
                    .map(url -> uri(NotifySection.ALERTMANAGERS, url))
                    .toList();
            receivers.add(new AlertmanagerReceiver(
                    urls,
                    Secrets.resolve(
                            NotifySection.ALERTMANAGER_HEADERS,
                            options.alertmanager().alertmanagerHeaders()),
                    options.link(),
                    web,
                    clock));
        }
        if (!options.webhook().webhook().isEmpty()) {
            receivers.add(new WebhookReceiver(
                    uri(NotifySection.WEBHOOK, options.webhook().webhook()),
                    Secrets.resolve(
                            NotifySection.WEBHOOK_SECRET, options.webhook().webhookSecret()),
                    Secrets.resolve(
                            NotifySection.WEBHOOK_HEADERS, options.webhook().webhookHeaders()),
                    web,
                    clock));
        }
        if (!options.slack().isEmpty()) {
            receivers.add(new SlackReceiver(uri(NotifySection.SLACK, options.slack()), options.link(), web));
        }
        if (!options.pagerDuty().pagerDutyKey().isEmpty()) {
            receivers.add(new PagerDutyReceiver(
                    uri(NotifySection.PAGER_DUTY_URL, options.pagerDuty().pagerDutyUrl()),
                    Secrets.resolve(
                            NotifySection.PAGER_DUTY_KEY, options.pagerDuty().pagerDutyKey()),
                    options.link(),
                    web));
        }
        if (receivers.isEmpty()) {
            throw new ConfigurationException(
                    "detector " + config.detector(),
                    List.of("nobody is told: set one of `notify.alertmanagers`, `notify.webhook`, `notify.slack` and"
                            + " `notify.pagerDutyKey`"));
        }
        return receivers;
    }

    /** The message of a wrong address does not show it, because it may contain a secret. */
    private static URI uri(Option<?> option, String text) {
        String resolved = Secrets.resolve(option, text);
        try {
            URI uri = new URI(resolved);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("(?i)https?")) {
                return uri;
            }
        } catch (java.net.URISyntaxException e) {
            // Named below.
        }
        throw new ConfigurationException(
                "configuration",
                List.of("`" + option.key() + "` must be an address that begins with http:// or https://"
                        + " (its secret is replaced, and the result is none)"));
    }
}
