package dev.noether.flink.config;

import java.util.List;
import java.util.Map;

/** Options of the section {@code kafka}: the cluster and the settings of its clients. */
public final class KafkaSection {
    private static final OptionSection SECTION = new OptionSection("kafka");

    public static final Option<String> BOOTSTRAP_SERVERS = SECTION.option(
            "bootstrapServers",
            OptionType.servers(),
            "localhost:9092",
            "",
            "Addresses of the Kafka brokers to connect to first.",
            "Two or three brokers of the cluster, so that one may be down when the job starts.",
            config -> config.kafka().bootstrapServers());

    public static final Option<Map<String, String>> PROPERTIES = SECTION.option(
            "properties",
            OptionType.clientSettings(),
            Map.of(),
            "",
            "Further settings of Kafka's clients. Values may contain `${env:NAME}` and `${file:/path}`.",
            "The settings that your cluster needs, such as `security.protocol`. `compression.type: gzip` "
                    + "if a reader of the output knows no LZ4. A name that no client knows is an error, unless a "
                    + "class of your own (`interceptor.classes`) may read it. Passwords and keys must "
                    + "be placeholders: they are replaced where a client of Kafka is created, on each machine of a "
                    + "cluster, and never logged, sent with a job or written into a model "
                    + "([security](security.md)).",
            config -> config.kafka().properties());

    /** Every option of the section, in the order of the constants. */
    static final List<Option<?>> ALL = SECTION.options();

    private KafkaSection() {}
}
