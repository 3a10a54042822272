package dev.noether.flink.config;

import dev.noether.flink.mapping.FeatureField;
import dev.noether.flink.mapping.SourceFormat;
import dev.noether.flink.mapping.TimeField;
import dev.noether.model.feature.FeatureSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a record of the observations topic becomes an observation.
 *
 * @param format format of the records
 * @param entity paths of the fields that name the entity; empty for Noether's own records
 * @param time where a record has its time
 * @param features where a record has the values of features, by name; others are in the field of their name
 * @param schema text of the Avro schema of the records; empty for none
 */
public record SourceOptions(
        SourceFormat format, List<String> entity, TimeField time, Map<String, FeatureField> features, String schema)
        implements Serializable {
    /** The name that stands for the record's key. */
    public static final String KEY = "$key";

    public SourceOptions {
        SourceSection.FORMAT.check(format);
        entity = List.copyOf(SourceSection.ENTITY.check(entity));
        SourceSection.TIME.check(time);
        features = Map.copyOf(SourceSection.FEATURES.check(features));
        SourceSection.SCHEMA.check(schema);
        if (format == SourceFormat.NOETHER) {
            checkUnused("entity", entity.isEmpty());
            checkUnused("time", time.equals(TimeField.NONE));
            checkUnused("features", features.isEmpty());
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
        checkNames(entity, time);
        checkForms(features);
    }

    static SourceOptions of(OptionValues values) {
        return new SourceOptions(
                values.get(SourceSection.FORMAT),
                values.get(SourceSection.ENTITY),
                values.get(SourceSection.TIME),
                values.get(SourceSection.FEATURES),
                values.get(SourceSection.SCHEMA));
    }

    /** Whether the records are Noether's own. */
    public boolean isNoether() {
        return format == SourceFormat.NOETHER;
    }

    /** Returns the field of each feature, in the order of the schema. */
    public List<FeatureField> fields(FeatureSchema schema) {
        return schema.names().stream()
                .map(name -> features.getOrDefault(name, FeatureField.of(name)))
                .toList();
    }

    /** Checks that the mapped features are those of the detector. */
    void checkAgainst(FeatureSchema detector) {
        List<String> unknown = new ArrayList<>(features.keySet());
        unknown.removeAll(detector.names());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("`source.features` must be about features of the detector (got "
                    + unknown + "; known are " + detector.names() + ")");
        }
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

    private static void checkForms(Map<String, FeatureField> features) {
        features.forEach((name, field) -> {
            if (field.as().isDifference()) {
                throw new IllegalArgumentException("`source.features." + name + "` must be read as value or log: a rate"
                        + " or a delta needs the record before, and each record is read by itself (got "
                        + field.as().name().toLowerCase(Locale.ROOT) + ")");
            }
        });
    }
}
