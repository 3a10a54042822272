package dev.noether.flink.ingest;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.source.registry.TestingRegistry;
import dev.noether.schemas.Features;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Each format with a detector file and a writer of the same observations. The writers are not Noether's. */
public enum TestingFormat {
    NOETHER("") {
        @Override
        public byte[] write(Sample sample) {
            Map<String, Float> values = new HashMap<>();
            values.put("cpu", (float) sample.cpu);
            values.put("bytes", (float) sample.bytes);
            values.put("up", sample.up ? 1f : 0f);
            if (sample.price != null) {
                values.put("price", sample.price.floatValue());
            }
            return new ObservationCodec()
                    .encode(new Observation(
                            sample.host + "/" + sample.zone, sample.time.toEpochMilli(), new Features.Named(values)));
        }
    },
    JSON("""
            source:
              format: json
              entity: [host, labels.zone]
              time: at
              features: {cpu: system.cpu.total, bytes: net.0.bytes}
            """) {
        @Override
        public byte[] write(Sample sample) {
            return ("{\"labels\": {\"zone\": \"" + sample.zone + "\", \"x\": [1, {\"y\": null}]}, \"host\": \""
                            + sample.host + "\", \"at\": \"" + sample.time + "\", \"system\": {\"cpu.total\": "
                            + sample.cpu + "}, \"net\": [{\"bytes\": " + sample.bytes + "}, {\"bytes\": 5}], \"up\": "
                            + sample.up + ", \"price\": "
                            + (sample.price == null ? "null" : "\"" + sample.price + "\"") + "}\n")
                    .getBytes(StandardCharsets.UTF_8);
        }
    },
    AVRO("""
            source:
              format: avro
              entity: [host, labels.zone]
              time: at
              features: {cpu: system.cpu, bytes: net.0.bytes}
              schema: '%s'
            """.formatted(Schemas.METRIC)) {
        @Override
        public byte[] write(Sample sample) {
            return Schemas.write(sample, new byte[0]);
        }
    },
    CONFLUENT_AVRO("""
            source:
              format: confluent-avro
              entity: [host, labels.zone]
              time: at
              features: {cpu: system.cpu, bytes: net.0.bytes}
            """) {
        @Override
        public byte[] write(Sample sample) {
            return Schemas.write(sample, new byte[] {0, 0, 0, 1, 4});
        }
    },
    INFLUX("""
            source:
              format: influx
              entity: [host, tags.zone]
              features: {cpu: fields.usage total}
            """) {
        @Override
        public byte[] write(Sample sample) {
            long nanos = sample.time.getEpochSecond() * 1_000_000_000L + sample.time.getNano();
            return ("# Telegraf\nsystem,host=" + sample.host.replace(" ", "\\ ").replace(",", "\\,") + ",zone="
                            + sample.zone + " note=\"a, \\\"b\\\" c\",usage\\ total=" + sample.cpu + ",bytes="
                            + sample.bytes + "i,up=" + (sample.up ? "t" : "false")
                            + (sample.price == null ? "" : ",price=" + sample.price) + " " + nanos + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        }
    };

    /** The number of the schema in the registry. */
    public static final int SCHEMA_ID = 260;

    private final String source;

    TestingFormat(String source) {
        this.source = source;
    }

    /** One observation. */
    public record Sample(
            String host, String zone, Instant time, double cpu, long bytes, boolean up, BigDecimal price) {}

    /** Writes an observation in the format. */
    public abstract byte[] write(Sample sample);

    /** Returns the configuration of a detector that reads the format. */
    public DetectorConfig config(String detector, TestingRegistry registry) {
        return DetectorConfig.parse(
                "detector: " + detector + "\nfeatures: [cpu, bytes, up, price]\n" + source
                        + (this == CONFLUENT_AVRO ? "registry: {url: '" + registry.url() + "'}\n" : ""),
                "test");
    }

    /** Registers the schema of the format. */
    public static void register(TestingRegistry registry) {
        registry.put(SCHEMA_ID, Schemas.METRIC);
    }

    /** The schema of the Avro formats, with what a reader must skip or look into. */
    private static final class Schemas {
        private static final Schema PRICE = LogicalTypes.decimal(12, 3).addToSchema(Schema.create(Schema.Type.BYTES));
        private static final Schema TIME = LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
        private static final Schema INTERFACE = SchemaBuilder.record("Interface")
                .fields()
                .requiredString("name")
                .requiredLong("bytes")
                .endRecord();
        static final Schema METRIC = SchemaBuilder.record("Metric")
                .namespace("test")
                .fields()
                .optionalString("comment")
                .name("labels")
                .type()
                .map()
                .values()
                .stringType()
                .noDefault()
                .name("kind")
                .type()
                .enumeration("Kind")
                .symbols("A", "B")
                .noDefault()
                .name("system")
                .type()
                .record("System")
                .fields()
                .requiredFloat("load")
                .requiredDouble("cpu")
                .endRecord()
                .noDefault()
                .requiredString("host")
                .name("at")
                .type(TIME)
                .noDefault()
                .name("net")
                .type()
                .array()
                .items(INTERFACE)
                .noDefault()
                .requiredBoolean("up")
                .name("price")
                .type()
                .unionOf()
                .nullType()
                .and()
                .type(PRICE)
                .endUnion()
                .noDefault()
                .name("parent")
                .type(Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.createArray(INTERFACE)))
                .noDefault()
                .endRecord();

        static byte[] write(Sample sample, byte[] header) {
            GenericRecord record = new GenericData.Record(METRIC);
            record.put("comment", sample.up ? "all is well" : null);
            record.put("labels", Map.of("zone", sample.zone, "rack", "7"));
            record.put(
                    "kind", new GenericData.EnumSymbol(METRIC.getField("kind").schema(), "B"));
            GenericRecord system =
                    new GenericData.Record(METRIC.getField("system").schema());
            system.put("load", 3.5f);
            system.put("cpu", sample.cpu);
            record.put("system", system);
            record.put("host", sample.host);
            record.put("at", sample.time.toEpochMilli() * 1000 + 7);
            record.put("net", List.of(card("eth0", sample.bytes), card("lo", 5)));
            record.put("up", sample.up);
            record.put(
                    "price",
                    sample.price == null
                            ? null
                            : ByteBuffer.wrap(sample.price
                                    .setScale(3, RoundingMode.UNNECESSARY)
                                    .unscaledValue()
                                    .toByteArray()));
            record.put("parent", sample.up ? List.of(card("eth1", -1)) : null);
            try {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.write(header);
                BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
                new GenericDatumWriter<GenericRecord>(METRIC).write(record, encoder);
                encoder.flush();
                return out.toByteArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static GenericRecord card(String name, long bytes) {
            GenericRecord card = new GenericData.Record(INTERFACE);
            card.put("name", name);
            card.put("bytes", bytes);
            return card;
        }
    }
}
