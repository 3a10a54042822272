package dev.noether.flink.source;

import dev.noether.flink.config.SourceOptions;
import dev.noether.flink.source.field.FieldReader;
import dev.noether.flink.source.format.AvroFieldReader;
import dev.noether.flink.source.format.ConfluentAvroReader;
import dev.noether.flink.source.format.InfluxFieldReader;
import dev.noether.flink.source.format.JsonFieldReader;
import dev.noether.flink.source.registry.RegistrySchemas;
import java.util.List;
import org.apache.avro.Schema;

/** Makes the reader of a format. */
public final class FieldReaders {
    private FieldReaders() {}

    /**
     * Makes a reader.
     *
     * @param source format and schema
     * @param schemas schemas of the registry, if the format has one
     * @param paths {@code [slots]}, path of each field
     * @throws IllegalArgumentException for records that have no fields to map: Noether's own, and those of metrics
     */
    public static FieldReader of(SourceOptions source, RegistrySchemas schemas, List<String> paths) {
        String rows = source.imported().rows();
        return switch (source.format()) {
            case JSON -> new JsonFieldReader(paths, rows);
            case AVRO -> new AvroFieldReader(new Schema.Parser().parse(source.schema()), paths, rows);
            case CONFLUENT_AVRO -> new ConfluentAvroReader(schemas, paths, rows);
            case INFLUX -> new InfluxFieldReader(paths);
            case PROMETHEUS_JSON -> new JsonFieldReader(paths, "");
            case NOETHER, OTLP_PROTO, OTLP_JSON ->
                throw new IllegalArgumentException(
                        "records of the format " + source.format().label() + " have no fields to map");
        };
    }
}
