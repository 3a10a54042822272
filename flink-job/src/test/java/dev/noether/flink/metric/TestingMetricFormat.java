package dev.noether.flink.metric;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.source.registry.TestingRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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
                    .map(sample -> bytes("{\"labels\": {\"zone\": \"" + sample.zone() + "\"}, \"card\": \""
                            + sample.card()
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
                    .map(sample -> bytes(rows(sample, "").stream()
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
            """.formatted(TestingAvroMetrics.LONG)) {
        @Override
        List<byte[]> write(List<MetricSample> samples) {
            return samples.stream()
                    .flatMap(sample -> TestingAvroMetrics.rows(sample, true).stream())
                    .map(row -> TestingAvroMetrics.bytes(TestingAvroMetrics.LONG, row, new byte[0]))
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
                    .map(sample -> TestingAvroMetrics.bytes(
                            TestingAvroMetrics.ROWS, TestingAvroMetrics.record(sample), new byte[] {0, 0, 0, 1, 4}))
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
                String tags =
                        ",host=" + sample.host().replace(" ", "\\ ").replace(",", "\\,") + ",zone=" + sample.zone();
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
                    + "\",\"labels\":{\"__name__\":\"" + name + "\",\"card\":\"" + card + "\",\"host\":\""
                    + sample.host()
                    + "\",\"zone\":\"" + sample.zone() + "\"}}");
        }
    },
    OTLP_PROTO(Sources.OTLP.formatted("otlp-proto")) {
        @Override
        List<byte[]> write(List<MetricSample> samples) {
            return List.of(TestingOtlp.data(samples).toByteArray());
        }
    },
    OTLP_JSON(Sources.OTLP.formatted("otlp-json")) {
        @Override
        List<byte[]> write(List<MetricSample> samples) {
            return List.of(bytes(samples.stream()
                    .map(TestingOtlp::json)
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
        registry.put(SCHEMA_ID, TestingAvroMetrics.ROWS);
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
}
