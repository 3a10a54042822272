package dev.noether.flink.config;

import java.io.Serializable;
import java.util.Map;

/**
 * A web service of the user's own that is told about incidents.
 *
 * @param webhook address; empty for none; may contain {@code ${env:NAME}} and {@code ${file:/path}}
 * @param webhookSecret placeholder of the key that signs each request; empty for unsigned requests
 * @param webhookHeaders further headers of each request; values may contain placeholders
 */
public record WebhookOptions(String webhook, String webhookSecret, Map<String, String> webhookHeaders)
        implements Serializable {
    public WebhookOptions {
        NotifySection.WEBHOOK.check(webhook);
        NotifySection.WEBHOOK_SECRET.check(webhookSecret);
        webhookHeaders = Map.copyOf(NotifySection.WEBHOOK_HEADERS.check(webhookHeaders));
    }

    static WebhookOptions of(OptionValues values) {
        return new WebhookOptions(
                values.get(NotifySection.WEBHOOK),
                values.get(NotifySection.WEBHOOK_SECRET),
                values.get(NotifySection.WEBHOOK_HEADERS));
    }

    /** Lists the names of the headers, without their values. */
    @Override
    public String toString() {
        return "WebhookOptions[" + webhook + ", " + webhookHeaders.keySet() + "]";
    }
}
