package dev.noether.cli.infer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.mapping.FeatureForm;
import dev.noether.flink.mapping.MetricAggregate;
import dev.noether.flink.mapping.MetricField;
import dev.noether.flink.metric.MetricReader;
import dev.noether.flink.metric.MetricReaders;
import dev.noether.flink.source.otlp.OtlpJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Samples that need an import, in the forms that collectors write, made from what their documentation says of the forms. */
final class ImportInferenceTest {
    private static final long START = Instant.now().minus(Duration.ofHours(3)).toEpochMilli() / 60_000 * 60_000;
    private static final int MINUTES = 30;
    private static final List<String> HOSTS = List.of("web-1", "web-2", "db-1");
    private static final MetricAggregate LAST = MetricAggregate.LAST;

    private final Random random = new Random(7);
    private final List<ConsumerRecord<byte[], byte[]>> sample = new ArrayList<>();

    private static MetricField field(
            String name, Map<String, String> labels, MetricAggregate aggregate, FeatureForm as) {
        return new MetricField(name, labels, aggregate, as);
    }

    @Test
    void openTelemetryInJson() {
        add((host, minute) -> bytes(otlp(host, minute)));
        DetectorConfig config = infer("otlp-json", List.of("host.name"));
        assertThat(metrics(config))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "system_network_io_receive",
                        field(
                                "system.network.io",
                                Map.of("direction", "receive"),
                                MetricAggregate.SUM,
                                FeatureForm.RATE),
                        "system_network_io_transmit",
                        field(
                                "system.network.io",
                                Map.of("direction", "transmit"),
                                MetricAggregate.SUM,
                                FeatureForm.RATE),
                        "system_cpu_load_average_1m",
                        field("system.cpu.load_average.1m", Map.of(), LAST, FeatureForm.VALUE),
                        "http_server_duration_count",
                        field("http.server.duration.count", Map.of(), MetricAggregate.SUM, FeatureForm.RATE),
                        "http_server_duration_p99",
                        field("http.server.duration.p99", Map.of(), LAST, FeatureForm.VALUE)));
    }

    @Test
    void openTelemetryAsProtocolBuffers() {
        OtlpJson json = new OtlpJson();
        add((host, minute) -> {
            try {
                json.toProto(bytes(otlp(host, minute)));
                return Arrays.copyOf(json.bytes(), json.length());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        DetectorConfig config = infer("otlp-proto", List.of("host.name"));
        assertThat(config.features().names()).hasSize(5);
    }

    @Test
    void samplesOfPrometheus() {
        for (int minute = 0; minute < MINUTES; minute++) {
            for (String host : HOSTS) {
                for (String card : List.of("eth0", "eth1")) {
                    add(
                            minute,
                            prometheus(
                                    host,
                                    minute,
                                    "node_network_receive_bytes_total",
                                    1e13 + minute * 5e4,
                                    "device",
                                    card));
                }
                for (String mode : List.of("user", "idle")) {
                    add(
                            minute,
                            prometheus(host, minute, "node_cpu_seconds_total", 1000.5 + minute * 7.25, "mode", mode));
                }
                add(minute, prometheus(host, minute, "node_load1", random.nextDouble(), "job", "node"));
                add(minute, prometheus(host, minute, "up", 1, "job", "node"));
            }
        }
        DetectorConfig config = infer("prometheus-json", List.of("instance"));
        assertThat(metrics(config))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "node_network_receive_bytes_total",
                        field("node_network_receive_bytes_total", Map.of(), MetricAggregate.SUM, FeatureForm.RATE),
                        "node_cpu_seconds_total_user",
                        field("node_cpu_seconds_total", Map.of("mode", "user"), LAST, FeatureForm.RATE),
                        "node_cpu_seconds_total_idle",
                        field("node_cpu_seconds_total", Map.of("mode", "idle"), LAST, FeatureForm.RATE),
                        "node_load1",
                        field("node_load1", Map.of(), LAST, FeatureForm.VALUE)));
    }

    private String prometheus(String host, int minute, String name, double value, String label, String text) {
        return String.format(
                Locale.ROOT,
                "{\"timestamp\":\"%s\",\"value\":\"%s\",\"name\":\"%s\",\"labels\":{\"__name__\":\"%s\",\"instance\":\"%s:9100\","
                        + "\"%s\":\"%s\"}}",
                Instant.ofEpochMilli(time(minute)),
                value,
                name,
                name,
                host,
                label,
                text);
    }

    @Test
    void oneMetricARecord() {
        for (int minute = 0; minute < MINUTES; minute++) {
            for (String host : HOSTS) {
                add(minute, metric(host, minute, "cpu.user", 20 + random.nextGaussian(), ""));
                add(minute, metric(host, minute, "disk.used", 60 + random.nextGaussian(), "sda"));
                add(minute, metric(host, minute, "disk.used", 30 + random.nextGaussian(), "sdb"));
            }
        }
        DetectorConfig config = infer("json", List.of("host"));
        assertThat(config.source().imported().metric().name()).isEqualTo("metric");
        assertThat(config.source().imported().series()).containsExactly("tags.disk");
        assertThat(metrics(config))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "cpu_user", field("cpu.user", Map.of(), LAST, FeatureForm.VALUE),
                        "disk_used", field("disk.used", Map.of(), MetricAggregate.MEAN, FeatureForm.VALUE)));
    }

    private static String metric(String host, int minute, String name, double value, String disk) {
        return String.format(
                Locale.ROOT,
                "{\"ts\":%d,\"host\":\"%s\",\"metric\":\"%s\",\"value\":%.4f,\"unit\":\"percent\"%s}",
                time(minute) / 1000,
                host,
                name,
                value,
                disk.isEmpty() ? "" : ",\"tags\":{\"disk\":\"" + disk + "\"}");
    }

    @Test
    void aListOfMetricsInARecord() {
        add((host, minute) -> bytes(String.format(
                Locale.ROOT,
                "{\"agent\":{\"version\":\"1.2\"},\"metrics\":[{\"name\":\"cpu\",\"value\":%.3f},{\"name\":\"mem\",\"value\":%.3f}],"
                        + "\"hostname\":\"%s\",\"timestamp\":%d}",
                random.nextDouble(),
                random.nextDouble(),
                host,
                time(minute))));
        DetectorConfig config = infer("json", List.of("hostname"));
        assertThat(config.source().imported().rows()).isEqualTo("metrics");
        assertThat(config.features().names()).containsExactly("cpu", "mem");
    }

    @Test
    void aListOfObjects() {
        for (int minute = 0; minute < MINUTES; minute++) {
            List<String> rows = new ArrayList<>();
            for (String host : HOSTS) {
                rows.add("{\"host\":\"" + host + "\",\"time\":\"" + Instant.ofEpochMilli(time(minute)) + "\",\"cpu\":"
                        + random.nextDouble() + ",\"requests\":" + (1000 * minute + random.nextInt(500)) + "}");
            }
            add(minute, rows.toString());
        }
        DetectorConfig config = infer("json", List.of("host"));
        assertThat(metrics(config))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "cpu", field("cpu", Map.of(), LAST, FeatureForm.VALUE),
                        "requests", field("requests", Map.of(), LAST, FeatureForm.RATE)));
    }

    /** As Metricbeat writes several metric sets into one topic. */
    @Test
    void severalMetricSets() {
        for (int minute = 0; minute < MINUTES; minute++) {
            for (String host : HOSTS) {
                add(
                        minute,
                        metricbeat(
                                host,
                                minute,
                                "cpu",
                                "\"cpu\":{\"user\":{\"pct\":" + random.nextDouble() + "},\"cores\":4}"));
                for (String card : List.of("eth0", "lo")) {
                    add(
                            minute,
                            metricbeat(
                                    host,
                                    minute,
                                    "network",
                                    "\"network\":{\"name\":\"" + card + "\",\"in\":{\"bytes\":"
                                            + (10_000_000_000_000L + minute * 1000L + random.nextInt(900)) + "}}"));
                }
            }
        }
        DetectorConfig config = infer("json", List.of("host.name"));
        assertThat(config.source().time().path()).isEqualTo("@timestamp");
        assertThat(config.source().imported().series()).containsExactly("system.network.name");
        assertThat(metrics(config))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "system_cpu_user_pct",
                        field("system.cpu.user.pct", Map.of(), LAST, FeatureForm.VALUE),
                        "system_network_in_bytes",
                        field("system.network.in.bytes", Map.of(), MetricAggregate.SUM, FeatureForm.RATE)));
    }

    private static String metricbeat(String host, int minute, String set, String system) {
        return "{\"@timestamp\":\"" + Instant.ofEpochMilli(time(minute)) + "\",\"metricset\":{\"name\":\"" + set
                + "\",\"period\":60000},\"event\":{\"duration\":" + (100_000 + minute % 7 * 1000)
                + "},\"host\":{\"name\":\"" + host + "\"},\"system\":{" + system + "}}";
    }

    /** As Telegraf writes JSON of several plugins into one topic. */
    @Test
    void severalPluginsOfTelegrafInJson() {
        for (int minute = 0; minute < MINUTES; minute++) {
            for (String host : HOSTS) {
                for (String cpu : List.of("cpu0", "cpu1", "cpu-total")) {
                    add(
                            minute,
                            telegraf(
                                    host,
                                    minute,
                                    "cpu",
                                    ",\"cpu\":\"" + cpu + "\"",
                                    "\"usage_user\":" + random.nextDouble()));
                }
                add(minute, telegraf(host, minute, "mem", "", "\"used_percent\":" + random.nextDouble()));
                add(
                        minute,
                        telegraf(host, minute, "disk", ",\"path\":\"/\"", "\"used_percent\":" + random.nextDouble()));
            }
        }
        DetectorConfig config = infer("json", List.of("tags.host"));
        assertThat(metrics(config))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "usage_user",
                        field("fields.usage_user", Map.of("tags.cpu", "cpu-total"), LAST, FeatureForm.VALUE),
                        "used_percent_mem",
                        field("fields.used_percent", Map.of("name", "mem"), LAST, FeatureForm.VALUE),
                        "used_percent_disk",
                        field("fields.used_percent", Map.of("name", "disk"), LAST, FeatureForm.VALUE)));
    }

    private static String telegraf(String host, int minute, String name, String tags, String fields) {
        return "{\"fields\":{" + fields + "},\"name\":\"" + name + "\",\"tags\":{\"host\":\"" + host + "\"" + tags
                + "},\"timestamp\":" + time(minute) / 1000 + "}";
    }

    /** As Telegraf writes by default, in batches. */
    @Test
    void linesOfSeveralMeasurements() {
        add((host, minute) -> bytes(String.format(
                Locale.ROOT,
                "cpu,cpu=cpu0,host=%1$s usage_user=%2$.3f %5$d000000\ncpu,cpu=cpu-total,host=%1$s usage_user=%2$.3f %5$d000000\n"
                        + "net,host=%1$s,interface=eth0 bytes_recv=%3$di %5$d000000\n"
                        + "net,host=%1$s,interface=eth1 bytes_recv=%3$di %5$d000000\nsystem,host=%1$s load1=%4$.3f %5$d000000\n",
                host,
                10 + random.nextGaussian(),
                10_000_000_000_000L + minute * 1000L + random.nextInt(900),
                random.nextDouble(),
                time(minute))));
        DetectorConfig config = infer("influx", List.of("host"));
        assertThat(metrics(config))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "cpu_usage_user",
                        field("cpu.usage_user", Map.of("cpu", "cpu-total"), LAST, FeatureForm.VALUE),
                        "net_bytes_recv",
                        field("net.bytes_recv", Map.of(), MetricAggregate.SUM, FeatureForm.RATE),
                        "system_load1",
                        field("system.load1", Map.of(), LAST, FeatureForm.VALUE)));
    }

    @Test
    void recordsThatNameNoEntityAreSaid() {
        add((host, minute) -> bytes("{\"metric\":\"m" + minute % 2 + "\",\"value\":" + random.nextDouble() + ",\"ts\":"
                + time(minute) + "}"));
        assertThat(Inference.of(sample, null, System.currentTimeMillis()).obstacle())
                .contains("nothing names the entity");
    }

    private String otlp(String host, int minute) {
        String time = "\"timeUnixNano\":\"" + time(minute) + "000000\"";
        StringBuilder points = new StringBuilder();
        for (String card : List.of("eth0", "eth1")) {
            for (String way : List.of("receive", "transmit")) {
                points.append(points.isEmpty() ? "" : ",")
                        .append("{\"attributes\":[{\"key\":\"device\",\"value\":{\"stringValue\":\"" + card
                                + "\"}},{\"key\":\"direction\",\"value\":{\"stringValue\":\"" + way + "\"}}]," + time
                                + ",\"asInt\":\"" + (10_000_000_000_000L + minute * 1000L) + "\"}");
            }
        }
        return "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"host.name\",\"value\":{\"stringValue\":\""
                + host
                + "\"}},{\"key\":\"os.type\",\"value\":{\"stringValue\":\"linux\"}}]},\"scopeMetrics\":[{\"scope\":"
                + "{\"name\":\"hostmetrics\"},\"metrics\":[{\"name\":\"system.network.io\",\"sum\":{\"dataPoints\":["
                + points
                + "],\"aggregationTemporality\":2,\"isMonotonic\":true}},{\"name\":\"system.cpu.load_average.1m\",\"gauge\":{"
                + "\"dataPoints\":[{" + time + ",\"asDouble\":" + random.nextDouble()
                + "}]}},{\"name\":\"constant\",\"gauge\":{"
                + "\"dataPoints\":[{" + time + ",\"asDouble\":5}]}},{\"name\":\"http.server.duration\",\"histogram\":{"
                + "\"aggregationTemporality\":1,\"dataPoints\":[{" + time + ",\"count\":\"" + (10 + minute % 5)
                + "\",\"sum\":7.5,\"bucketCounts\":[\"5\",\"" + (5 + minute % 5)
                + "\",\"0\"],\"explicitBounds\":[1,2]}]}}]}]}]}";
    }

    private void add(BiFunction<String, Integer, byte[]> writer) {
        for (int minute = 0; minute < MINUTES; minute++) {
            for (String host : HOSTS) {
                add(minute, writer.apply(host, minute));
            }
        }
    }

    private void add(int minute, String text) {
        add(minute, bytes(text));
    }

    private void add(int minute, byte[] value) {
        sample.add(new ConsumerRecord<>(
                "metrics",
                0,
                sample.size(),
                time(minute),
                TimestampType.CREATE_TIME,
                0,
                value.length,
                null,
                value,
                new RecordHeaders(),
                Optional.empty()));
    }

    /** Infers, and reads the whole sample with the file as it was written: each feature gets values. */
    private DetectorConfig infer(String format, List<String> entity) {
        Inference found = Inference.of(sample, null, System.currentTimeMillis());
        assertThat(found.obstacle()).isEmpty();
        assertThat(requireNonNull(found.imported()).shape().format()).isEqualTo(format);
        assertThat(found.intervalMillis()).isEqualTo(60_000);
        String text = new DetectorDraft("metrics", "localhost:9092", Map.of(), "").text(found);
        DetectorConfig config = DetectorConfig.parse(text, "draft");
        assertThat(config.source().isImported()).isTrue();
        assertThat(config.source().entity()).isEqualTo(entity);
        assertThat(config.source().imported().interval()).isEqualTo(Duration.ofMinutes(1));
        MetricReader reader = MetricReaders.of(config, Duration.ofSeconds(1));
        Set<Integer> features = new TreeSet<>();
        Set<String> entities = new TreeSet<>();
        assertThat(sample)
                .allSatisfy(record -> reader.read(record, (name, feature, series, time, kind, value) -> {
                    features.add(feature);
                    entities.add(name);
                    assertThat(value).isFinite();
                }));
        assertThat(features).hasSize(config.features().size());
        assertThat(entities).hasSize(HOSTS.size());
        return config;
    }

    private static Map<String, MetricField> metrics(DetectorConfig config) {
        return config.source().imported().metrics();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static long time(int minute) {
        return START + minute * 60_000L;
    }
}
