package dev.noether.flink.source;

import dev.noether.flink.clock.EventTimeLimits;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.SourceOptions;
import dev.noether.flink.mapping.FeatureField;
import dev.noether.flink.mapping.SourceFormat;
import dev.noether.flink.source.field.FieldReader;
import dev.noether.flink.source.field.FieldValues;
import dev.noether.flink.source.field.NumberReceiver;
import dev.noether.flink.source.registry.RegistrySchemas;
import dev.noether.schemas.MalformedRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entity, the time and the values of an observation from records of any format, as the detector file maps
 * them. The mapping is compiled once. {@link #read} reads a record; the other methods then speak of it. Not thread safe.
 */
public final class MappedReader {
    private final List<FeatureField> features;
    private final int firstFeature;
    private final EntityReader entity;
    private final TimeReader time;
    private final RegistrySchemas schemas;
    private final FieldReader reader;
    private final FieldValues values;
    private final Set<String> used;

    private long kafkaTime;
    private byte @Nullable [] key;

    /**
     * Makes a reader.
     *
     * @param config configuration of a detector whose records are not Noether's own
     * @param patience how long a record waits for the schema registry
     */
    public MappedReader(DetectorConfig config, Duration patience) {
        SourceOptions source = config.source();
        features = source.fields(config.features());
        List<String> paths = new ArrayList<>();
        source.entity().forEach(path -> paths.add(path.equals(SourceOptions.KEY) ? "" : path));
        entity = new EntityReader(source.entity());
        time = new TimeReader(source.time(), paths.size());
        boolean isOwnTime = source.time().path().isEmpty() && source.format() == SourceFormat.INFLUX;
        paths.add(isOwnTime ? "time" : source.time().path());
        firstFeature = paths.size();
        features.forEach(field -> paths.add(field.path()));
        schemas = new RegistrySchemas(config.registry(), patience);
        reader = FieldReaders.of(source, schemas, paths);
        values = new FieldValues(paths.size());
        used = Set.copyOf(paths);
    }

    /**
     * Reads the fields of a record.
     *
     * @param bytes value of the record; not empty
     * @param recordKey key of the record
     * @param timestamp timestamp of the record in Kafka; negative if it has none
     * @throws MalformedRecordException if the bytes are no record of the format
     */
    public void read(byte[] bytes, byte @Nullable [] recordKey, long timestamp) throws MalformedRecordException {
        values.clear();
        key = recordKey;
        kafkaTime = timestamp;
        reader.read(bytes, values);
    }

    /**
     * Lists the numbers of a record that the mapping does not use, with their paths, if the format can.
     *
     * @param bytes value of the record; not empty
     * @throws MalformedRecordException if the bytes are no record of the format
     */
    public void listUnused(byte[] bytes, NumberReceiver receiver) throws MalformedRecordException {
        reader.list(bytes, (path, value) -> {
            if (!used.contains(path)) {
                receiver.number(path, value);
            }
        });
    }

    /** Returns the name of the entity. */
    public String entity() throws MalformedRecordException {
        return entity.read(values, key);
    }

    /** Returns the time of the observation, milliseconds since 1970 UTC, whether it is possible or not. */
    public long eventTime() throws MalformedRecordException {
        return time.read(values, kafkaTime);
    }

    /**
     * Returns the time of the observation, milliseconds since 1970 UTC.
     *
     * @param limits the possible times
     * @param clock the job's clock
     * @throws MalformedRecordException if there is no time, or it is impossible
     */
    public long eventTime(EventTimeLimits limits, long clock) throws MalformedRecordException {
        long eventTime = eventTime();
        time.check(values, eventTime, limits, kafkaTime, clock);
        return eventTime;
    }

    /** Returns the value of a feature; NaN if it is missing or no number. */
    public double value(int feature) {
        return features.get(feature).as().of(values.number(firstFeature + feature));
    }

    /** Whether the record has the field of a feature. */
    public boolean isPresent(int feature) {
        return values.isPresent(firstFeature + feature);
    }

    /** Returns in words why a feature has no value. */
    public String absence(int feature) {
        String path = features.get(feature).path();
        return isPresent(feature)
                ? "the field `" + path + "` is " + values.shown(firstFeature + feature) + ", which is no "
                        + (Double.isNaN(values.number(firstFeature + feature)) ? "number" : "number that can be used")
                : "the record has no field `" + path + "`";
    }

    /** Why records wait for the schema registry now, in one line; empty if none does. For any thread. */
    public String problem() {
        return schemas.problem();
    }
}
