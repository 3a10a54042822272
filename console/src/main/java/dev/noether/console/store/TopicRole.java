package dev.noether.console.store;

import dev.noether.flink.config.TopicNames;
import java.util.Locale;

/** What a topic that the console follows contains. The ordinals are stored. */
public enum TopicRole {
    SCORES,
    INCIDENTS,
    MODELS,
    FEEDBACK;

    /** Returns the topic of a detector. */
    public String topic(TopicNames topics) {
        return switch (this) {
            case SCORES -> topics.scores();
            case INCIDENTS -> topics.incidents();
            case MODELS -> topics.models();
            case FEEDBACK -> topics.feedback();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
