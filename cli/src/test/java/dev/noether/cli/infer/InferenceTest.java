package dev.noether.cli.infer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.ingest.ObservationDeserializer;
import dev.noether.flink.mapping.TimeForm;
import dev.noether.flink.wire.ObservationRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Samples in the forms that collectors write, made from what their documentation says of the forms. */
final class InferenceTest {
    private static final long START = Instant.now().minus(Duration.ofHours(3)).toEpochMilli() / 60_000 * 60_000;
    private static final int MINUTES = 60;
    private static final List<String> HOSTS = List.of("web-1", "web-2", "db-1");

    private final Random random = new Random(7);
    private List<ConsumerRecord<byte[], byte[]>> last = List.of();

    @Test
    void plainJson() {
        Inference found = infer((host, minute) -> String.format(
                Locale.ROOT,
                "{\"ts\":%d,\"host\":\"%s\",\"region\":\"eu\",\"cpu\":%.3f,\"mem\":%.3f,\"limit\":64,\"up\":true}",
                time(minute) / 1000,
                host,
                20 + random.nextGaussian(),
                60 + random.nextGaussian()));
        assertThat(found.obstacle()).isEmpty();
        assertThat(found.form()).isEqualTo(RecordForm.JSON);
        assertThat(time(found)).isEqualTo("ts as s");
        assertThat(entity(found)).containsExactly("host");
        assertThat(requireNonNull(found.entity()).entities()).isEqualTo(3);
        assertThat(used(found)).containsExactly("cpu", "mem");
        assertThat(reason(found, "limit")).startsWith("constant: 64");
        assertThat(found.intervalMillis()).isEqualTo(60_000);
        assertReads(found, List.of("cpu", "mem"));
    }

    /** Then also a field with one value has one record at each time, here {@code host.cores} and the service. */
    @Test
    void hostsThatReportAtDifferentTimes() {
        Inference found = infer((host, minute) -> String.format(
                Locale.ROOT,
                "{\"@timestamp\":\"%s\",\"host\":{\"cores\":8,\"name\":\"%s\",\"zone\":\"eu\"},"
                        + "\"service\":{\"name\":\"shop\"},\"cpu\":{\"user\":%.3f}}",
                Instant.ofEpochMilli(time(minute) + 1_000L * HOSTS.indexOf(host)),
                host,
                20 + random.nextGaussian()));
        assertThat(entity(found)).containsExactly("host.name");
        assertThat(requireNonNull(found.time()).reason())
                .endsWith("Z as ISO 8601")
                .doesNotContain("which is");
        assertThat(used(found)).containsExactly("cpu.user");
        assertThat(found.intervalMillis()).isEqualTo(60_000);
    }

    @Test
    void fieldWithOneValueNamesTheEntityOnlyIfNoOtherNameDoes() {
        Inference found = infer((host, minute) -> String.format(
                Locale.ROOT,
                "{\"ts\":%d,\"host\":\"cluster\",\"node\":\"%s\",\"state\":\"%s\",\"cpu\":%.3f}",
                time(minute) + 1_000L * HOSTS.indexOf(host),
                host,
                random.nextBoolean() ? "idle" : "busy",
                20 + random.nextGaussian()));
        assertThat(entity(found)).containsExactly("node");
        Inference lone = infer((host, minute) -> String.format(
                Locale.ROOT,
                "{\"ts\":%d,\"host\":\"cluster\",\"state\":\"%s\",\"cpu\":%.3f}",
                time(minute) + 1_000L * HOSTS.indexOf(host),
                random.nextBoolean() ? "idle" : "busy",
                20 + random.nextGaussian()));
        assertThat(entity(lone)).containsExactly("host");
    }

    /** A telegraf output with data_format = "json": nested fields and tags, times in seconds. */
    @Test
    void telegrafJson() {
        Inference found = infer((host, minute) -> String.format(
                Locale.ROOT,
                "{\"fields\":{\"usage_idle\":%.2f,\"usage_user\":%.2f},\"name\":\"cpu\",\"tags\":{\"cpu\":\"cpu-total\","
                        + "\"host\":\"%s\"},\"timestamp\":%d}",
                80 + random.nextGaussian(),
                10 + random.nextGaussian(),
                host,
                time(minute) / 1000));
        assertThat(time(found)).isEqualTo("timestamp as s");
        assertThat(entity(found)).containsExactly("tags.host");
        assertThat(used(found)).containsExactly("fields.usage_idle", "fields.usage_user");
        assertReads(found, List.of("fields.usage_idle", "fields.usage_user"));
    }

    @Test
    void telegrafJsonOfEachProcessorNeedsTwoTags() {
        List<ConsumerRecord<byte[], byte[]>> sample = new ArrayList<>();
        for (int minute = 0; minute < MINUTES; minute++) {
            for (String host : HOSTS) {
                for (int cpu = 0; cpu < 2; cpu++) {
                    sample.add(record(
                            null,
                            minute,
                            String.format(
                                    Locale.ROOT,
                                    "{\"fields\":{\"usage_idle\":%.2f},\"name\":\"cpu\",\"tags\":{\"cpu\":\"cpu%d\","
                                            + "\"host\":\"%s\"},\"timestamp\":%d}",
                                    80 + random.nextGaussian(),
                                    cpu,
                                    host,
                                    time(minute) / 1000)));
                }
            }
        }
        Inference found = Inference.of(sample, null, System.currentTimeMillis());
        assertThat(entity(found)).containsExactly("tags.host", "tags.cpu");
        assertThat(requireNonNull(found.entity()).entities()).isEqualTo(6);
    }

    @Test
    void lineProtocol() {
        Inference found = infer((host, minute) -> String.format(
                Locale.ROOT,
                "system,host=%s,os=linux load1=%.2f,n_users=%di,uptime=%di,uptime_format=\"3 days, 2:01\" %d",
                host,
                1 + Math.abs(random.nextGaussian()),
                random.nextInt(5),
                100_000 + 60 * minute,
                time(minute) * 1_000_000));
        assertThat(found.form()).isEqualTo(RecordForm.INFLUX);
        assertThat(entity(found)).containsExactly("tags.host");
        assertThat(used(found)).containsExactly("fields.load1", "fields.n_users");
        assertThat(reason(found, "fields.uptime")).startsWith("a total that always grows as fast");
        assertReads(found, List.of("load1", "n_users"));
    }

    /** Metricbeat writes nested objects and ISO times; each metric set has records of its own. */
    @Test
    void metricbeatOfOneMetricSet() {
        Inference found = infer((host, minute) -> metricbeat(
                host,
                minute,
                "cpu",
                "\"cpu\":{\"total\":{\"norm\":{\"pct\":"
                        + String.format(Locale.ROOT, "%.4f", .2 + .01 * random.nextGaussian()) + "}},\"cores\":8}"));
        assertThat(time(found)).isEqualTo("@timestamp as iso");
        assertThat(entity(found)).containsExactly("host.name");
        assertThat(used(found)).containsExactly("system.cpu.total.norm.pct");
        assertThat(reason(found, "system.cpu.cores")).startsWith("constant: 8");
        assertReads(found, List.of("system.cpu.total.norm.pct"));
    }

    @Test
    void theKeyNamesTheEntityIfNoFieldDoes() {
        List<ConsumerRecord<byte[], byte[]>> sample = new ArrayList<>();
        for (int minute = 0; minute < MINUTES; minute++) {
            for (String host : HOSTS) {
                sample.add(record(
                        host,
                        minute,
                        "{\"t\":" + time(minute) + ",\"state\":\"ok\",\"load\":" + random.nextDouble() + "}"));
            }
        }
        last = sample;
        Inference found = Inference.of(sample, null, System.currentTimeMillis());
        assertThat(time(found)).isEqualTo("t as ms");
        assertThat(entity(found)).containsExactly("$key");
        assertReads(found, List.of("load"));
    }

    @Test
    void withoutATimeTheTimestampInKafkaCounts() {
        Inference found = infer((host, minute) -> "{\"device\":\"" + host + "\",\"temperature\":"
                + (20 + random.nextGaussian()) + ",\"seq\":" + minute + "}");
        assertThat(requireNonNull(found.time()).path()).isEmpty();
        assertThat(requireNonNull(found.time()).reason()).contains("timestamp in Kafka");
        assertThat(entity(found)).containsExactly("device");
        assertThat(used(found)).containsExactly("temperature");
        assertReads(found, List.of("temperature"));
    }

    @Test
    void unitsOfTimeAreTold() {
        Map<TimeForm, Long> factors =
                Map.of(TimeForm.MILLISECONDS, 1L, TimeForm.MICROSECONDS, 1_000L, TimeForm.NANOSECONDS, 1_000_000L);
        factors.forEach((form, factor) -> {
            Inference found = infer((host, minute) -> "{\"time\":" + time(minute) * factor + ",\"host\":\"" + host
                    + "\",\"x\":" + random.nextDouble() + "}");
            assertThat(time(found)).isEqualTo("time as " + form.label());
            assertReads(found, List.of("x"));
        });
    }

    @Test
    void duplicatesAndNumbersOfRecordsAreLeftOutAndTotalsAreTaken() {
        int[] next = {0};
        Inference found = infer((host, minute) -> {
            double x = random.nextDouble();
            return "{\"ts\":" + time(minute) + ",\"host\":\"" + host + "\",\"x\":" + x + ",\"copy\":" + x
                    + ",\"rx_bytes\":" + (1_000_000L * minute + random.nextInt(1000)) + ",\"record_id\":" + next[0]++
                    + ",\"text\":\"12.5\",\"flag\":" + (minute % 7 == 0) + "}";
        });
        assertThat(used(found)).containsExactly("copy", "flag", "rx_bytes");
        assertThat(reason(found, "x")).isEqualTo("the same values as copy");
        assertThat(found.features())
                .filteredOn(feature -> feature.path().equals("rx_bytes"))
                .singleElement()
                .satisfies(feature -> assertThat(feature.reason())
                        .startsWith("a total that only grows: its increase per second is judged"));
        assertThat(reason(found, "record_id")).startsWith("a number of the record");
        assertThat(reason(found, "text")).startsWith("constant");
    }

    @Test
    void whatNoDetectorCanReadIsNamedWithWhatWouldBeRight() {
        assertThat(obstacle(new byte[] {0, 0, 0, 0, 7, 2, 4})).contains("--registry URL");
        assertThat(obstacle(new byte[] {0x0A, 5, 1, 2, 3, 4, 5})).contains("not like metrics of OpenTelemetry");
        assertThat(obstacle(new byte[] {0x1F, (byte) 0x8B, 8, 0})).contains("compression.type");
        assertThat(obstacle(new byte[] {(byte) 0xC3, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9}))
                .contains("source.schema");
        assertThat(obstacle("[{\"a\":1},{\"a\":2}]".getBytes(StandardCharsets.UTF_8)))
                .contains("nothing names the entity");
        assertThat(obstacle("hello".getBytes(StandardCharsets.UTF_8))).contains("not known");
        assertThat(obstacle("{\"only\":\"text\"}".getBytes(StandardCharsets.UTF_8)))
                .contains("no field is a measurement");
    }

    @Test
    void aTopicOfSeveralFormatsIsNamed() {
        List<ConsumerRecord<byte[], byte[]>> sample = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sample.add(record(null, i, i % 2 == 0 ? "{\"x\":1}" : "cpu,h=a x=1"));
        }
        assertThat(Inference.of(sample, null, 0).obstacle()).contains("several formats");
    }

    /** Names that YAML would read as something else. */
    @Test
    void theFileIsValidWhateverTheNames() {
        Inference found = infer((host, minute) -> "{\"yes\":" + random.nextDouble() + ",\"it's: # \\n odd\":"
                + random.nextDouble() + ",\"123\":" + random.nextDouble() + ",\"ts\":" + time(minute) + ",\"host\":\""
                + host + "\"}");
        assertReads(found, null);
    }

    private String metricbeat(String host, int minute, String set, String system) {
        return "{\"@timestamp\":\"" + Instant.ofEpochMilli(time(minute)) + "\",\"metricset\":{\"name\":\"" + set
                + "\",\"period\":60000},\"host\":{\"name\":\"" + host + "\"},\"agent\":{\"version\":\"8.1.0\",\"id\":\""
                + host.hashCode() + "\"},\"system\":{" + system + "}}";
    }

    private static String obstacle(byte[] bytes) {
        return Inference.of(List.of(record(null, 0, bytes)), null, System.currentTimeMillis())
                .obstacle();
    }

    private Inference infer(BiFunction<String, Integer, String> text) {
        List<ConsumerRecord<byte[], byte[]>> sample = new ArrayList<>();
        for (int minute = 0; minute < MINUTES; minute++) {
            for (String host : HOSTS) {
                sample.add(record(null, minute, text.apply(host, minute)));
            }
        }
        last = sample;
        return Inference.of(sample, null, System.currentTimeMillis());
    }

    /** The detector reads each record of the sample with the file as it was written. */
    private void assertReads(Inference found, @Nullable List<String> features) {
        assertThat(found.obstacle()).isEmpty();
        String text = new DetectorDraft("host_Metrics.v1", "localhost:9092", Map.of(), "").text(found);
        DetectorConfig config = DetectorConfig.parse(text, "draft");
        assertThat(config.detector()).isEqualTo("host-metrics-v1");
        if (features != null) {
            assertThat(config.features().names()).isEqualTo(features);
        }
        ObservationDeserializer reader = new ObservationDeserializer(config);
        assertThat(last).allSatisfy(record -> assertThat(reader.ingest(record)).isInstanceOf(ObservationRow.class));
    }

    private static String time(Inference found) {
        TimeGuess time = requireNonNull(found.time());
        return time.path() + " as " + time.form().label();
    }

    private static List<String> entity(Inference found) {
        return requireNonNull(found.entity()).paths();
    }

    private static List<String> used(Inference found) {
        return found.features().stream()
                .filter(FeatureGuess::isUsed)
                .map(FeatureGuess::path)
                .toList();
    }

    private static String reason(Inference found, String path) {
        return found.features().stream()
                .filter(feature -> feature.path().equals(path) && !feature.isUsed())
                .map(FeatureGuess::reason)
                .findFirst()
                .orElse("used, or not found");
    }

    private static long time(int minute) {
        return START + minute * 60_000L;
    }

    private static ConsumerRecord<byte[], byte[]> record(@Nullable String key, int minute, String text) {
        return record(key, minute, text.getBytes(StandardCharsets.UTF_8));
    }

    private static ConsumerRecord<byte[], byte[]> record(@Nullable String key, int minute, byte[] value) {
        return new ConsumerRecord<>(
                "metrics",
                0,
                minute,
                time(minute),
                TimestampType.CREATE_TIME,
                key == null ? 0 : key.length(),
                value.length,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
