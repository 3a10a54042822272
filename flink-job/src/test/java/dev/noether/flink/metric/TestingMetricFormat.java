package dev.noether.flink.metric;

import com.google.protobuf.ByteString;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.source.registry.TestingRegistry;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Each form in which an import reads values, with a detector file and a writer of the same values. The writers are not
 * Noether's. Each record also holds a metric that nobody wants, and the values of a card that the file leaves out.
 */
enum TestingMetricFormat {
    JSON_WIDE("""
            source:
              format: json
              entity: [host, labels.zone]
              time: at
              series: card
              features: {cpu: system.cpu}
              metrics: {bytes: {name: net.bytes, labels: {card: '!=lo'}}}
            """) {
        @Override
        List<byte[]> write(List<MetricSample> samples) {
            return samples.stream()
                    .map(sample -> bytes("{\"labels\": {\"zone\": \"" + sample.zone() + "\"}, \"card\": \"" + sample.card()
                            + "\", \"host\": \"" + sample.host() + "\", \"at\": \"" + sample.time()
                            + "\", \"system\": {\"cpu\": " + sample.cpu() + "}, \"net.bytes\": " + sample.bytes()
                            + ", \"up\": " + sample.up() + ", \"other\": 5}"))
                    .toList();
        }
    },
    JSON_LONG(Sources.LONG + Sources.METRICS) {
        @Override
        List<byte[]> write(List<MetricSample> samples) {
            return samples.stream()
                    .flatMap(sample -> rows(sample, host(sample)).stream())
                    .map(TestingMetricFormat::bytes)
                    .toList();
        }
    },
    JSON_LIST(Sources.LONG + Sources.METRICS) {
        @Override
        List<byte[]> write(List<MetricSample> samples) {
            return List.of(bytes(samples.stream()
                    .flatMap(sample -> rows(sample, host(sample)).stream())
                    .collect(Collectors.joining(", ", "[", "]\n"))));
        }
    },
    JSON_ROWS(Sources.LONG + """
              rows: data.metrics
              metrics:
                cpu: {name: m.cpu, labels: {card: '=~eth.'}}
                bytes: {name: m.bytes, labels: {card: '!~lo|x'}}
                up: m.up
            """) {
        @Override
        List<byte[]> write(List<MetricSample> samples) {
            return samples.stream()
                    .map(sample -> bytes(rows(sample, "")
                            .stream()
                            .collect(Collectors.joining(", ", "{\"data\": {\"metrics\": [", "]}, "))
                            + host(sample) + "\"n\": 1}\n"))
                    .toList();
        }
    },
    AVRO_LONG("""
            source:
              format: avro
              schema: '%s'
              entity: [host, labels.zone]
              time: at
              series: labels
              metric: {name: name, value: value}
              metrics:
                cpu: {name: m.cpu, labels: {labels.card: '!=lo'}}
                bytes: {name: m.bytes, labels: {labels.card: '!=lo'}}
                up: m.up
            """.formatted(Schemas.LONG)) {
        @Override
        List<byte[]> write(List<MetricSample> samples) {
            return samples.stream()
                    .flatMap(sample -> Schemas.rows(sample, true).stream())
                    .map(row -> Schemas.bytes(Schemas.LONG, row, new byte[0]))
                    .toList();
        }
    },
    CONFLUENT_AVRO_ROWS("""
            source:
              format: confluent-avro
              entity: [host, labels.zone]
              time: at
              series: [card]
              rows: metrics
              metric: {name: name, value: value}
            """ + Sources.METRICS) {
        @Override
        List<byte[]> write(List<MetricSample> samples) {
            return samples.stream()
                    .map(sample -> Schemas.bytes(
                            Schemas.ROWS, Schemas.record(sample), new byte[] {0, 0, 0, 1, 4}))
                    .toList();
        }
    },
    INFLUX("""
            source:
              format: influx
              entity: [host, zone]
              features: {cpu: fields.usage total, up: state.up}
              metrics: {bytes: {name: net.bytes, labels: {card: '!=lo'}}}
            """) {
        @Override
        List<byte[]> write(List<MetricSample> samples) {
            StringBuilder lines = new StringBuilder("# Telegraf\n");
            for (MetricSample sample : samples) {
                String tags = ",host=" + sample.host().replace(" ", "\\ ").replace(",", "\\,") + ",zone=" + sample.zone();
                String time = " " + sample.nanos() + "\n";
                lines.append("cpu,card=" + sample.card() + tags + " note=\"a b\",usage\\ total=" + sample.cpu() + time);
                lines.append("net,card=lo" + tags + " bytes=77i" + time);
                lines.append("net,card=" + sample.card() + tags + " bytes=" + sample.bytes() + "i" + time);
                lines.append("disk,card=x" + tags + " up=7,bytes2=1i" + time + "\n");
                lines.append("state,card=" + sample.card() + tags + " up=" + (sample.up() ? "t" : "False") + time);
            }
            return List.of(bytes(lines.toString()));
        }
    },
    PROMETHEUS_JSON("""
            source:
              format: prometheus-json
              entity: [host, labels.zone]
            """ + Sources.METRICS) {
        @Override
        List<byte[]> write(List<MetricSample> samples) {
            List<byte[]> records = new ArrayList<>();
            for (MetricSample sample : samples) {
                String[] texts = sample.texts();
                for (int i = 0; i < NAMES.length; i++) {
                    records.add(prometheus(sample, NAMES[i], texts[i], sample.card()));
                }
                records.add(prometheus(sample, "m.bytes", "77", "lo"));
                records.add(prometheus(sample, "m.other", "NaN", sample.card()));
            }
            return records;
        }

        private byte[] prometheus(MetricSample sample, String name, String value, String card) {
            return bytes("{\"timestamp\":\"" + sample.time() + "\",\"value\":\"" + value + "\",\"name\":\"" + name
                    + "\",\"labels\":{\"__name__\":\"" + name + "\",\"card\":\"" + card + "\",\"host\":\"" + sample.host()
                    + "\",\"zone\":\"" + sample.zone() + "\"}}");
        }
    },
    OTLP_PROTO(Sources.OTLP.formatted("otlp-proto")) {
        @Override
        List<byte[]> write(List<MetricSample> samples) {
            return List.of(Otlp.data(samples).toByteArray());
        }
    },
    OTLP_JSON(Sources.OTLP.formatted("otlp-json")) {
        @Override
        List<byte[]> write(List<MetricSample> samples) {
            return List.of(bytes(samples.stream()
                    .map(Otlp::json)
                    .collect(Collectors.joining(",", "{\"resourceMetrics\":[", "]}"))));
        }
    };

    /** The number of the schema in the registry. */
    static final int SCHEMA_ID = 260;

    private static final String[] NAMES = {"m.cpu", "m.bytes", "m.up"};

    private final String source;

    TestingMetricFormat(String source) {
        this.source = source;
    }

    /** Writes some values as one record or several. */
    abstract List<byte[]> write(List<MetricSample> samples);

    /** Returns the configuration of a detector that reads the records. */
    DetectorConfig config(TestingRegistry registry) {
        return DetectorConfig.parse(
                "detector: fleet\nfeatures: [cpu, bytes, up]\n" + source + "  topics: telemetry\n"
                        + (this == CONFLUENT_AVRO_ROWS ? "registry: {url: '" + registry.url() + "'}\n" : ""),
                "test");
    }

    /** Registers the schema of the records. */
    static void register(TestingRegistry registry) {
        registry.put(SCHEMA_ID, Schemas.ROWS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String host(MetricSample sample) {
        return "\"host\": \"" + sample.host() + "\", \"labels\": {\"zone\": \"" + sample.zone() + "\"}, \"at\": "
                + sample.time().toEpochMilli() / 1000.0 + ", ";
    }

    private static List<String> rows(MetricSample sample, String host) {
        List<String> rows = new ArrayList<>();
        String[] texts = sample.texts();
        for (int i = 0; i < NAMES.length; i++) {
            String value = i == 1 ? '"' + texts[i] + '"' : texts[i];
            rows.add("{" + host + "\"metric\": \"" + NAMES[i] + "\", \"value\": " + value + ", \"card\": \""
                    + sample.card() + "\"}");
        }
        rows.add("{" + host + "\"metric\": \"m.bytes\", \"value\": 77, \"card\": \"lo\"}");
        rows.add("{" + host + "\"metric\": \"m.other\", \"value\": {\"a\": [1, 2]}, \"card\": \"lo\"}");
        return rows;
    }

    /** Parts of detector files. */
    private static final class Sources {
        static final String METRICS = """
                  metrics:
                    cpu: {name: m.cpu, labels: {card: '!=lo'}}
                    bytes: {name: m.bytes, labels: {card: '!=lo'}}
                    up: m.up
                """;
        static final String LONG = """
                source:
                  format: json
                  entity: [host, labels.zone]
                  time: {path: at, unit: s}
                  series: card
                  metric: {name: metric, value: value}
                """;
        static final String OTLP = """
                source:
                  format: %s
                  entity: [host.name, zone]
                """ + METRICS;
    }

    private static final class Schemas {
        static final Schema LONG = SchemaBuilder.record("Value")
                .fields()
                .requiredString("name")
                .name("labels")
                .type()
                .map()
                .values()
                .stringType()
                .noDefault()
                .optionalString("comment")
                .requiredDouble("value")
                .requiredString("host")
                .requiredLong("at")
                .endRecord();
        private static final Schema ITEM = SchemaBuilder.record("Item")
                .fields()
                .requiredString("name")
                .name("value")
                .type()
                .unionOf()
                .nullType()
                .and()
                .doubleType()
                .and()
                .longType()
                .and()
                .booleanType()
                .endUnion()
                .noDefault()
                .requiredString("card")
                .endRecord();
        static final Schema ROWS = SchemaBuilder.record("Batch")
                .fields()
                .requiredString("host")
                .name("metrics")
                .type(Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.createArray(ITEM)))
                .noDefault()
                .name("labels")
                .type()
                .map()
                .values()
                .stringType()
                .noDefault()
                .requiredLong("at")
                .endRecord();

        static List<GenericRecord> rows(MetricSample sample, boolean isLong) {
            List<GenericRecord> rows = new ArrayList<>();
            rows.add(row(sample, isLong, "m.cpu", sample.cpu(), sample.card()));
            rows.add(row(sample, isLong, "m.bytes", isLong ? (Object) (double) sample.bytes() : sample.bytes(), sample.card()));
            rows.add(row(sample, isLong, "m.up", isLong ? (Object) (sample.up() ? 1.0 : 0.0) : sample.up(), sample.card()));
            rows.add(row(sample, isLong, "m.bytes", 77.0, "lo"));
            rows.add(row(sample, isLong, "m.other", 5.0, sample.card()));
            return rows;
        }

        static GenericRecord record(MetricSample sample) {
            GenericRecord record = new GenericData.Record(ROWS);
            record.put("host", sample.host());
            record.put("labels", Map.of("zone", sample.zone()));
            record.put("at", sample.time().toEpochMilli());
            record.put("metrics", rows(sample, false));
            return record;
        }

        private static GenericRecord row(MetricSample sample, boolean isLong, String name, Object value, String card) {
            GenericRecord row = new GenericData.Record(isLong ? LONG : ITEM);
            row.put("name", name);
            row.put("value", value);
            if (isLong) {
                row.put("labels", Map.of("zone", sample.zone(), "card", card));
                row.put("host", sample.host());
                row.put("at", sample.time().toEpochMilli());
            } else {
                row.put("card", card);
            }
            return row;
        }

        static byte[] bytes(Schema schema, GenericRecord record, byte[] header) {
            try {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.write(header);
                BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
                new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
                encoder.flush();
                return out.toByteArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Otlp {
        static MetricsData data(List<MetricSample> samples) {
            MetricsData.Builder data = MetricsData.newBuilder();
            samples.forEach(sample -> data.addResourceMetrics(resource(sample)));
            return data.build();
        }

        private static ResourceMetrics resource(MetricSample sample) {
            NumberDataPoint.Builder bytes = point(sample, sample.card()).setAsInt(sample.bytes());
            NumberDataPoint.Builder loop = point(sample, "lo").setAsInt(77);
            NumberDataPoint.Builder nothing = point(sample, sample.card()).setFlags(1);
            return ResourceMetrics.newBuilder()
                    .setResource(Resource.newBuilder()
                            .addAttributes(text("host.name", sample.host()))
                            .addAttributes(KeyValue.newBuilder()
                                    .setKey("raw")
                                    .setValue(AnyValue.newBuilder()
                                            .setBytesValue(ByteString.copyFromUtf8("x")))))
                    .addScopeMetrics(ScopeMetrics.newBuilder()
                            .setScope(InstrumentationScope.newBuilder().setName("hostmetrics"))
                            .addMetrics(Metric.newBuilder()
                                    .setName("m.cpu")
                                    .setUnit("1")
                                    .setGauge(Gauge.newBuilder()
                                            .addDataPoints(point(sample, sample.card()).setAsDouble(sample.cpu()))
                                            .addDataPoints(nothing)))
                            .addMetrics(Metric.newBuilder()
                                    .setName("m.other")
                                    .setGauge(Gauge.newBuilder().addDataPoints(loop)))
                            .addMetrics(Metric.newBuilder()
                                    .setName("m.bytes")
                                    .setSum(Sum.newBuilder()
                                            .setIsMonotonic(true)
                                            .setAggregationTemporality(
                                                    AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                                            .addDataPoints(bytes)
                                            .addDataPoints(loop)))
                            .addMetrics(Metric.newBuilder()
                                    .setName("m.up")
                                    .setGauge(Gauge.newBuilder()
                                            .addDataPoints(
                                                    point(sample, sample.card()).setAsInt(sample.up() ? 1 : 0)))))
                    .build();
        }

        private static NumberDataPoint.Builder point(MetricSample sample, String card) {
            return NumberDataPoint.newBuilder()
                    .addAttributes(text("zone", sample.zone()))
                    .addAttributes(text("card", card))
                    .setStartTimeUnixNano(1)
                    .setTimeUnixNano(sample.nanos());
        }

        private static KeyValue text(String key, String value) {
            return KeyValue.newBuilder()
                    .setKey(key)
                    .setValue(AnyValue.newBuilder().setStringValue(value))
                    .build();
        }

        static String json(MetricSample sample) {
            return "{\"resource\":{\"attributes\":[" + jsonText("host.name", sample.host())
                    + "]},\"scopeMetrics\":[{\"scope\":{\"name\":\"hostmetrics\",\"version\":\"0.1\"},\"metrics\":["
                    + "{\"name\":\"m.cpu\",\"unit\":\"1\",\"gauge\":{\"dataPoints\":["
                    + json(sample, sample.card(), "\"asDouble\":" + sample.cpu()) + "]}},"
                    + "{\"sum\":{\"dataPoints\":[" + json(sample, sample.card(), "\"asInt\":\"" + sample.bytes() + '"') + ","
                    + json(sample, "lo", "\"asInt\":\"77\"") + "],\"aggregationTemporality\":2,\"isMonotonic\":true},"
                    + "\"name\":\"m.bytes\"},"
                    + "{\"name\":\"m.up\",\"gauge\":{\"dataPoints\":["
                    + json(sample, sample.card(), "\"asInt\":" + (sample.up() ? 1 : 0)) + "]}}],\"schemaUrl\":\"\"}]}";
        }

        private static String json(MetricSample sample, String card, String value) {
            return "{\"attributes\":[" + jsonText("zone", sample.zone()) + "," + jsonText("card", card)
                    + "],\"startTimeUnixNano\":\"1\",\"timeUnixNano\":\"" + sample.nanos() + "\"," + value + "}";
        }

        private static String jsonText(String key, String value) {
            return "{\"key\":\"" + key + "\",\"value\":{\"stringValue\":\"" + value + "\"}}";
        }
    }
}
