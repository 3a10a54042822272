package dev.noether.flink.config;

import java.time.Duration;
import java.util.List;

/** Options of the section {@code incidents}: when incidents open, end and form outbreaks. */
public final class IncidentSection {
    private static final Duration LONG = Duration.ofDays(3650);
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration DAY = Duration.ofDays(1);

    private static final OptionSection SECTION = new OptionSection("incidents");

    public static final Option<Duration> QUIET = SECTION.option(
            "quiet",
            OptionType.duration(Duration.ofSeconds(1), Duration.ofDays(30)),
            Duration.ofMinutes(10),
            "duration",
            "An incident ends when its entity had no anomalous score for this long in event time, and for "
                    + "ten of its own intervals.",
            "The pause after which the same problem deserves a new alert. Anomalies that return earlier "
                    + "belong to the same incident.",
            config -> config.incidents().quiet());

    public static final Option<List<Double>> SEVERITY_BANDS = SECTION.option(
            "severityBands",
            OptionType.risingNumbers(3),
            List.of(1.0, 2.0, 4.0),
            "alarm score above the threshold",
            "Where the severities medium, high and critical begin.",
            "Scores are logarithms: 1 stands for 2.7 times, 4 for 55 times the squared deviation that is " + "allowed.",
            config -> config.incidents().severityBands());

    public static final Option<Duration> GROUP_INTERVAL = SECTION.option(
            "groupInterval",
            OptionType.duration(Duration.ZERO, Duration.ofHours(1)),
            Duration.ofSeconds(10),
            "duration",
            "Incidents that open within this time of each other may form one outbreak. Each incident is "
                    + "delayed by this time.",
            "The time in which one cause reaches all its entities: at least the interval at which they "
                    + "report. Zero switches groups and the delay off.",
            config -> config.incidents().groupInterval());

    public static final Option<Integer> GROUP_MINIMUM = SECTION.option(
            "groupMinimum",
            OptionType.integer(2, 1_000_000),
            5,
            "entities",
            "Smallest number of entities in an outbreak. More are required if more open incidents by " + "chance.",
            "The number of simultaneous alerts that you would rather receive as one.",
            config -> config.incidents().groupMinimum());

    public static final Option<Boolean> SILENCE = SECTION.option(
            "silence",
            OptionType.flag(),
            true,
            "",
            "Whether an incident opens when an entity stops reporting, judged by its own interval.",
            "Use false if entities come and go as they like.",
            config -> config.incidents().silence());

    public static final Option<Duration> SILENCE_MINIMUM = SECTION.option(
            "silenceMinimum",
            OptionType.duration(MILLISECOND, Duration.ofDays(30)),
            Duration.ofSeconds(1),
            "duration",
            "A shorter silence is never an incident, whatever the entity's interval.",
            "Longer if short gaps of fast entities do not matter.",
            config -> config.incidents().silenceMinimum());

    public static final Option<Duration> STALL_AFTER = SECTION.option(
            "stallAfter",
            OptionType.duration(Duration.ofSeconds(1), DAY),
            Duration.ofMinutes(1),
            "duration",
            "The source is stalled if no observation at all arrived for this long: one incident for all " + "entities.",
            "Several times the longest usual pause of the whole stream.",
            config -> config.incidents().stallAfter());

    public static final Option<Duration> FORGET_AFTER = SECTION.option(
            "forgetAfter",
            OptionType.duration(Duration.ofMinutes(1), LONG),
            Duration.ofDays(7),
            "duration",
            "After a silence of this length the incident of the silence ends, and the entity's interval "
                    + "is deleted.",
            "Longer than any entity is usually switched off.",
            config -> config.incidents().forgetAfter());

    public static final Option<Duration> DISMISSAL_HALF_LIFE = SECTION.option(
            "dismissalHalfLife",
            OptionType.duration(Duration.ZERO, LONG),
            Duration.ofDays(30),
            "duration",
            "Time, in event time, after which a dismissed incident counts half. While it counts, the entity has a "
                    + "higher alarm threshold for breaks of its kind.",
            "A few times the interval at which harmless breaks return. Zero: dismissals are recorded, and change no "
                    + "threshold.",
            config -> config.incidents().dismissalHalfLife());

    /** Every option of the section, in the order of the constants. */
    static final List<Option<?>> ALL = SECTION.options();

    private IncidentSection() {}
}
