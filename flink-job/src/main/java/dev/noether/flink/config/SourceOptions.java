package dev.noether.flink.config;

import dev.noether.flink.mapping.FeatureField;
import dev.noether.flink.mapping.MetricField;
import dev.noether.flink.mapping.MetricPaths;
import dev.noether.flink.mapping.SourceFormat;
import dev.noether.flink.mapping.TimeField;
import dev.noether.model.feature.FeatureSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a record becomes an observation: each record of the observations topic, or, in an import, the records of other
 * topics together.
 *
 * @param format format of the records
 * @param entity paths of the fields that name the entity; empty for Noether's own records
 * @param time where a record has its time
 * @param features where a record has the values of features, by name; others are in the field of their name
 * @param schema text of the Avro schema of the records; empty for none
 * @param imported what an import reads, and how it assembles observations
 */
public record SourceOptions(
        SourceFormat format,
        List<String> entity,
        TimeField time,
        Map<String, FeatureField> features,
        String schema,
        ImportOptions imported)
        implements Serializable {
    /** The name that stands for the record's key. */
    public static final String KEY = "$key";

    public SourceOptions {
        SourceSection.FORMAT.check(format);
        entity = List.copyOf(SourceSection.ENTITY.check(entity));
        SourceSection.TIME.check(time);
        features = Map.copyOf(SourceSection.FEATURES.check(features));
        SourceSection.SCHEMA.check(schema);
        checkNames(entity, time);
        if (format == SourceFormat.NOETHER) {
            checkUnused("entity", entity.isEmpty());
            checkUnused("time", time.equals(TimeField.NONE));
            checkUnused("features", features.isEmpty());
            checkUnused("topics", imported.topics().isEmpty());
            checkUnused("topicPattern", imported.topicPattern().isEmpty());
        } else if (entity.isEmpty()) {
            throw new IllegalArgumentException("`source.entity` is missing; with `source.format: " + format.label()
                    + "` it must name the fields with the entity, such as host or [host, disk], or $key");
        }
        if ((format == SourceFormat.AVRO) == schema.isEmpty()) {
            throw new IllegalArgumentException(
                    format == SourceFormat.AVRO
                            ? "`source.schema` is missing; with `source.format: avro` it must be a file with the schema"
                            : "`source.schema` must be left out with `source.format: " + format.label() + "`");
        }
        if (imported.isUsed()) {
            checkImport(format, time, features, imported);
        } else {
            checkRows(format, features, imported);
        }
    }

    static SourceOptions of(OptionValues values) {
        return new SourceOptions(
                values.get(SourceSection.FORMAT),
                values.get(SourceSection.ENTITY),
                values.get(SourceSection.TIME),
                values.get(SourceSection.FEATURES),
                values.get(SourceSection.SCHEMA),
                ImportOptions.of(values));
    }

    /** Whether the records of the observations topic are Noether's own. An import writes such records. */
    public boolean isNoether() {
        return format == SourceFormat.NOETHER || isImported();
    }

    /** Whether the observations are assembled from records of other topics. */
    public boolean isImported() {
        return imported.isUsed();
    }

    /** Returns the field of each feature, in the order of the schema. */
    public List<FeatureField> fields(FeatureSchema schema) {
        return schema.names().stream()
                .map(name -> features.getOrDefault(name, FeatureField.of(name)))
                .toList();
    }

    /** Returns what each feature of an import is made of, in the order of the schema. */
    public List<MetricField> metrics(FeatureSchema schema) {
        List<MetricField> fields = new ArrayList<>();
        for (String name : schema.names()) {
            MetricField metric = imported.metrics().get(name);
            fields.add(metric == null ? MetricField.of(features.getOrDefault(name, FeatureField.of(name))) : metric);
        }
        return fields;
    }

    /** Checks that the mapped features are those of the detector. */
    void checkAgainst(FeatureSchema detector) {
        checkKnown("features", features.keySet(), detector);
        checkKnown("metrics", imported.metrics().keySet(), detector);
    }

    private static void checkKnown(String name, Collection<String> mapped, FeatureSchema detector) {
        List<String> unknown = new ArrayList<>(mapped);
        unknown.removeAll(detector.names());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("`source." + name + "` must be about features of the detector (got "
                    + unknown + "; known are " + detector.names() + ")");
        }
    }

    /** Checks that no topic of the detector itself is imported. */
    void checkAgainst(TopicNames topics) {
        imported.checkAgainst(topics);
    }

    /** Checks that there is a registry if the format needs one. */
    void checkAgainst(RegistryOptions registry) {
        if (format == SourceFormat.CONFLUENT_AVRO && registry.url().isEmpty()) {
            throw new IllegalArgumentException("`registry.url` is missing; with `source.format: confluent-avro` it must"
                    + " be the address of the schema registry");
        }
    }

    private static void checkUnused(String name, boolean isUnused) {
        if (!isUnused) {
            throw new IllegalArgumentException("`source." + name
                    + "` has no effect on Noether's own records; give `source.format`, or leave it out");
        }
    }

    private static void checkNames(List<String> entity, TimeField time) {
        for (String path : entity) {
            if (path.startsWith("$") && !path.equals(KEY)) {
                throw new IllegalArgumentException("`source.entity` must name fields, or $key (got " + path + ")");
            }
        }
        if (time.path().startsWith("$")) {
            throw new IllegalArgumentException("`source.time` must name a field; without a path it is the record's"
                    + " timestamp (got " + time.path() + ")");
        }
    }

    /** Checks a source whose records are rows. */
    private static void checkRows(SourceFormat format, Map<String, FeatureField> features, ImportOptions imported) {
        if (format.isOfMetrics()) {
            throw new IllegalArgumentException("`source.topics` is missing; with `source.format: " + format.label()
                    + "` a record holds single values, which `./noether import` assembles into observations: name the"
                    + " topics that it reads in `source.topics` or `source.topicPattern`");
        }
        imported.checkUnused();
        features.forEach((name, field) -> {
            if (field.as().isDifference()) {
                throw new IllegalArgumentException("`source.features." + name + "` must be read as value or log: a rate"
                        + " or a delta needs the record before; name the topic in `source.topics`, and `./noether import`"
                        + " takes it (got " + field.as().name().toLowerCase(Locale.ROOT) + ")");
            }
        });
    }

    /** Checks a source whose records are assembled. */
    private static void checkImport(
            SourceFormat format, TimeField time, Map<String, FeatureField> features, ImportOptions imported) {
        if (!format.isOfFields()) {
            checkLeftOut("rows", imported.rows().isEmpty(), format);
            checkLeftOut("metric", imported.metric().equals(MetricPaths.NONE), format);
            checkLeftOut("series", imported.series().isEmpty(), format);
        }
        if (format.isOfMetrics()) {
            checkLeftOut("time", time.equals(TimeField.NONE), format);
        }
        imported.metrics().keySet().forEach(name -> {
            if (features.containsKey(name)) {
                throw new IllegalArgumentException(
                        "the feature " + name + " must be in `source.features` or in `source.metrics`, not in both");
            }
        });
    }

    private static void checkLeftOut(String name, boolean isLeftOut, SourceFormat format) {
        if (!isLeftOut) {
            throw new IllegalArgumentException("`source." + name + "` must be left out with `source.format: "
                    + format.label() + "`, which says it" + " itself");
        }
    }
}
