package dev.noether.flink.config;

import java.util.List;

/** Options of the section {@code topics}: the names of the topics. */
public final class TopicSection {
    private static final OptionSection SECTION = new OptionSection("topics");

    public static final Option<String> OBSERVATIONS = SECTION.topic(
            "observations",
            "Topic that the observations are read from.",
            "Key its records by entity, so that all records of one entity are in one partition.",
            config -> config.topics().observations());

    public static final Option<String> SCORES = SECTION.topic(
            "scores",
            "Topic of the scores: one for each observation that was not rejected.",
            "As many partitions as the observations topic. Read it with `isolation.level=read_committed`.",
            config -> config.topics().scores());

    public static final Option<String> REJECTED = SECTION.topic(
            "rejected",
            "Topic of the records that could not be read, with their original bytes.",
            "Its `max.message.bytes` must exceed `output.rejectedMaxBytes` by 64 KiB.",
            config -> config.topics().rejected());

    public static final Option<String> MODELS = SECTION.topic(
            "models",
            "Topic that announces models.",
            "One partition and `cleanup.policy=compact`: the job reads the whole topic when it starts.",
            config -> config.topics().models());

    public static final Option<String> INCIDENTS = SECTION.topic(
            "incidents",
            "Topic of the incidents: one record when an incident opens, becomes clearly worse, and ends.",
            "One partition, so that the record of a group comes before those of its members. Read it with "
                    + "`isolation.level=read_committed`.",
            config -> config.topics().incidents());

    public static final Option<String> FEEDBACK = SECTION.topic(
            "feedback",
            "Topic of the feedback: what people say of incidents. `./noether feedback` writes it.",
            "One partition. Without this topic the job runs, and nobody can dismiss an incident.",
            config -> config.topics().feedback());

    public static final Option<String> UNDELIVERED = SECTION.topic(
            "undelivered",
            "Topic of the incidents that `./noether notify` could not deliver, with the reason in their headers.",
            "One partition. Only `./noether notify` needs it.",
            config -> config.topics().undelivered());

    /** Every option of the section, in the order of the constants. */
    static final List<Option<?>> ALL = SECTION.options();

    private TopicSection() {}
}
