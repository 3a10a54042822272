package dev.noether.cli.tail;

import dev.noether.flink.config.DetectorConfig;
import java.util.Locale;
import java.util.function.Function;

/** A topic that can be shown. */
public enum TailTopic {
    INCIDENTS("incidents", config -> config.topics().incidents()),
    SCORES("scores", config -> config.topics().scores()),
    REJECTED("rejected records", config -> config.topics().rejected()),
    MODELS("records on models", config -> config.topics().models());

    private final String records;
    private final Function<DetectorConfig, String> topic;

    TailTopic(String records, Function<DetectorConfig, String> topic) {
        this.records = records;
        this.topic = topic;
    }

    /** Returns what its records are called, in the plural. */
    String records() {
        return records;
    }

    /** Returns the name of the topic. */
    String name(DetectorConfig config) {
        return topic.apply(config);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
