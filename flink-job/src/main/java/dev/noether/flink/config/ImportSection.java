package dev.noether.flink.config;

import dev.noether.flink.mapping.MetricField;
import dev.noether.flink.mapping.MetricPaths;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Options of the section {@code source} that are about an import: topics whose records hold single values, from which
 * the observations are assembled.
 */
public final class ImportSection {
    private static final OptionSection SECTION = new OptionSection("source");

    public static final Option<List<String>> TOPICS = SECTION.option(
            "topics",
            ImportTypes.topics(),
            List.of(),
            "",
            "Topics that `./noether import` reads. It assembles their values into observations and writes these to "
                    + "`topics.observations`. Without `topics` and `topicPattern` the jobs read `topics.observations` "
                    + "itself, in the format of `source.format`.",
            "All topics that hold metrics of the entities.",
            config -> config.source().imported().topics());

    public static final Option<String> TOPIC_PATTERN = SECTION.option(
            "topicPattern",
            ImportTypes.pattern(),
            "",
            "",
            "A regular expression: topics whose whole name matches it are read too, also if they are created later.",
            "For topics that come and go, such as one for each team: `telemetry[.].*`.",
            config -> config.source().imported().topicPattern());

    public static final Option<Duration> INTERVAL = SECTION.option(
            "interval",
            OptionType.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
            Duration.ofMinutes(1),
            "",
            "Length of the intervals of an import. Each entity gets one observation for each interval in which it has "
                    + "values.",
            "The interval in which your agents collect, or a multiple of it.",
            config -> config.source().imported().interval());

    public static final Option<Duration> DISORDER = SECTION.option(
            "disorder",
            OptionType.duration(Duration.ZERO, Duration.ofDays(1)),
            Duration.ofSeconds(10),
            "",
            "How far the time of a value may be behind the newest one. An interval is closed when the times have passed "
                    + "its end by this much; later values of it do not count.",
            "The longest time by which one agent sends later than another.",
            config -> config.source().imported().disorder());

    public static final Option<Duration> LONGEST_WAIT = SECTION.option(
            "longestWait",
            OptionType.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
            Duration.ofMinutes(2),
            "",
            "How long an interval stays open at most, by the clock, if no newer values come.",
            "Above `source.interval` and `source.disorder` together.",
            config -> config.source().imported().longestWait());

    public static final Option<String> ROWS = SECTION.option(
            "rows",
            ImportTypes.path(),
            "",
            "",
            "Path of a list in a record, each of whose elements is read like a record. A field that an element lacks is "
                    + "read from the record. A JSON record that is a list itself needs no path.",
            "For records that hold many values, such as `metrics` in `{\"host\": …, \"metrics\": [{…}, {…}]}`.",
            config -> config.source().imported().rows());

    public static final Option<MetricPaths> METRIC = SECTION.option(
            "metric",
            ImportTypes.metric(),
            MetricPaths.NONE,
            "",
            "For records that hold one metric each, in the formats `json`, `avro` and `confluent-avro`: the paths of the "
                    + "metric's name and of its value.",
            "`{name: metric, value: value}` for `{\"metric\": \"cpu\", \"value\": 12.5, …}`.",
            config -> config.source().imported().metric());

    public static final Option<Map<String, MetricField>> METRICS = SECTION.option(
            "metrics",
            ImportTypes.metrics(),
            Map.of(),
            "",
            "Which metric each feature of an import is made of: its name, or the path of its value, what its labels must "
                    + "be, how several values in an interval become one (`aggregate`), and what the feature is made of "
                    + "(`as`). A feature that is neither here nor in `source.features` is the last value of the metric of "
                    + "its own name.",
            "`as: rate` for counters, such as bytes sent since the start. `aggregate: sum` for parts of a whole, such as "
                    + "the network cards of a host.",
            config -> config.source().imported().metrics());

    public static final Option<List<String>> SERIES = SECTION.option(
            "series",
            MappingTypes.paths(),
            List.of(),
            "",
            "Fields that tell the values of one metric and one entity apart, such as a disk or a network card, in the "
                    + "formats `json`, `avro` and `confluent-avro`. Rates are taken for each series by itself. Fields "
                    + "in `labels` of `source.metrics` count too. The other formats say it themselves.",
            "All fields that are no value and no time, and that stay the same for a series.",
            config -> config.source().imported().series());

    /** Every option of an import, in the order of the constants. */
    static final List<Option<?>> ALL = SECTION.options();

    private ImportSection() {}
}
