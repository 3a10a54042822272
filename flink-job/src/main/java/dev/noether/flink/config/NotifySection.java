package dev.noether.flink.config;

import dev.noether.schemas.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Options of the section {@code notify}: who is told about incidents. */
public final class NotifySection {
    private static final OptionSection SECTION = new OptionSection("notify");

    public static final Option<List<String>> ALERTMANAGERS = SECTION.option(
            "alertmanagers",
            OptionType.addresses(),
            List.of(),
            "",
            "Base addresses of the Prometheus Alertmanagers that `./noether notify` sends incidents to.",
            "Every Alertmanager of the cluster, because they do not pass alerts on to each other.",
            config -> config.notifying().alertmanager().alertmanagers());

    public static final Option<Map<String, String>> ALERTMANAGER_HEADERS = SECTION.option(
            "alertmanagerHeaders",
            OptionType.headers("notify.alertmanagerHeaders"),
            Map.of(),
            "",
            "Further HTTP headers of the requests to Alertmanager. Values may contain `${env:NAME}` and `${file:/path}`.",
            "`Authorization` if a proxy asks for it.",
            config -> config.notifying().alertmanager().alertmanagerHeaders());

    public static final Option<String> WEBHOOK = SECTION.option(
            "webhook",
            OptionType.address(),
            "",
            "",
            "Address of a web service that receives each incident as JSON by POST. May contain `${env:NAME}` and "
                    + "`${file:/path}`.",
            "A service of your own that opens tickets, or any tool that takes JSON.",
            config -> config.notifying().webhook().webhook());

    public static final Option<String> WEBHOOK_SECRET = SECTION.option(
            "webhookSecret",
            OptionType.secret(),
            "",
            "",
            "Placeholder of the key that signs each request to the webhook (HMAC SHA-256).",
            "At least 32 random characters that the receiver also knows.",
            config -> config.notifying().webhook().webhookSecret());

    public static final Option<Map<String, String>> WEBHOOK_HEADERS = SECTION.option(
            "webhookHeaders",
            OptionType.headers("notify.webhookHeaders"),
            Map.of(),
            "",
            "Further HTTP headers of the requests to the webhook. Values may contain placeholders.",
            "`Authorization` if the service asks for it.",
            config -> config.notifying().webhook().webhookHeaders());

    public static final Option<String> SLACK = SECTION.option(
            "slack",
            OptionType.secret(),
            "",
            "",
            "Placeholder of the address of an incoming webhook of Slack, or of a service that takes the same messages.",
            "The address contains a secret, so it is given as `${env:NAME}` or `${file:/path}`.",
            config -> config.notifying().slack());

    public static final Option<String> PAGER_DUTY_URL = SECTION.option(
            "pagerDutyUrl",
            OptionType.address(),
            "https://events.pagerduty.com/v2/enqueue",
            "",
            "Address of PagerDuty's Events API v2.",
            "`https://events.eu.pagerduty.com/v2/enqueue` for accounts in the EU.",
            config -> config.notifying().pagerDuty().pagerDutyUrl());

    public static final Option<String> PAGER_DUTY_KEY = SECTION.option(
            "pagerDutyKey",
            OptionType.secret(),
            "",
            "",
            "Placeholder of the integration key of a PagerDuty service.",
            "Without it PagerDuty is not used.",
            config -> config.notifying().pagerDuty().pagerDutyKey());

    public static final Option<Severity> LEAST_SEVERITY = SECTION.option(
            "leastSeverity",
            OptionType.oneOf(Severity.class),
            Severity.LOW,
            "",
            "Incidents below this severity are told to nobody. One that becomes worse is told when it reaches it.",
            "The budget decides how many incidents there are; this only splits what wakes people from what does not.",
            config -> config.notifying().leastSeverity());

    public static final Option<Duration> GIVE_UP_AFTER = SECTION.option(
            "giveUpAfter",
            OptionType.duration(Duration.ofSeconds(1), Duration.ofDays(30)),
            Duration.ofDays(1),
            "duration",
            "A delivery that has failed for this long goes to the topic `topics.undelivered`, and the next one is tried.",
            "Longer than any outage of the receiver after which old incidents still matter.",
            config -> config.notifying().giveUpAfter());

    public static final Option<String> LINK = SECTION.option(
            "link",
            OptionType.address(),
            "",
            "",
            "Address of a page about an incident, which each message links to. `{id}`, `{entity}` and `{detector}` "
                    + "stand for its values.",
            "A dashboard that takes the entity as a parameter.",
            config -> config.notifying().link());

    /** Every option of the section, in the order of the constants. */
    static final List<Option<?>> ALL = SECTION.options();

    private NotifySection() {}
}
