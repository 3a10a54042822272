package dev.noether.flink.config;

import dev.noether.flink.mapping.FeatureField;
import dev.noether.flink.mapping.SourceFormat;
import dev.noether.flink.mapping.TimeField;
import java.util.List;
import java.util.Map;

/** Options of the section {@code source}: how a record becomes an observation. */
public final class SourceSection {
    private static final OptionSection SECTION = new OptionSection("source");

    public static final Option<SourceFormat> FORMAT = SECTION.option(
            "format",
            MappingTypes.format(),
            SourceFormat.NOETHER,
            "",
            "Format of the records. With `noether` they are `Observation` records, and no other key of this section is "
                    + "allowed. `otlp-proto`, `otlp-json` and `prometheus-json` need `topics` or `topicPattern`.",
            "The one that your topic has; `docs/sources.md` shows an example of each.",
            config -> config.source().format());

    public static final Option<List<String>> ENTITY = SECTION.option(
            "entity",
            MappingTypes.paths(),
            List.of(),
            "",
            "Where a record names its entity: paths of one or several fields, joined by `/`. A `/` or `\\` in a "
                    + "part before the last one gets a `\\` before it. `$key` is the record's key as text. With "
                    + "OpenTelemetry they are attributes, with Prometheus labels. Needed for each format but `noether`.",
            "The fields that together name what is watched, such as a host and a disk.",
            config -> config.source().entity());

    public static final Option<TimeField> TIME = SECTION.option(
            "time",
            MappingTypes.time(),
            TimeField.NONE,
            "",
            "Where a record has its time, and in which unit. Without a unit a text is ISO 8601 and a number is in "
                    + "milliseconds. Without a path it is the time of the line with `influx`, otherwise the record's "
                    + "timestamp in Kafka.",
            "The time of the measurement, if the record has it.",
            config -> config.source().time());

    public static final Option<Map<String, FeatureField>> FEATURES = SECTION.option(
            "features",
            MappingTypes.features(),
            Map.of(),
            "",
            "Where a record has the values of the features. A feature that is not listed is read from the field of its "
                    + "own name. In an import a path may be the name of a metric.",
            "`as: log` for values that differ by orders of magnitude, such as sizes and latencies. `rate` and `delta` need "
                    + "the record before: they are for imports.",
            config -> config.source().features());

    public static final Option<String> SCHEMA = SECTION.option(
            "schema",
            new OptionType<>(
                    "a file with an Avro schema, or empty",
                    yaml -> yaml instanceof String text ? text : null,
                    text -> text.isEmpty() || AvroSchemaText.isSchema(text),
                    text -> text),
            "",
            "",
            "File with the Avro schema that the records were written with, for the format `avro`. A relative path is "
                    + "relative to the detector file.",
            "The writer's schema itself, not a similar one: Avro's bytes can be read with no other.",
            config -> config.source().schema());

    /** Every option of the section, in the order of the constants. */
    static final List<Option<?>> ALL = SECTION.options();

    private SourceSection() {}
}
