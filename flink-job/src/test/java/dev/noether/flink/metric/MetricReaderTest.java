package dev.noether.flink.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.flink.clock.JobClock;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What single records give: those that known tools write, and those with mistakes. */
class MetricReaderTest {
    private static final JobClock CLOCK =
            () -> Instant.parse("2026-02-01T00:00:00Z").toEpochMilli();
    private static final String LONG = """
            source:
              topics: t
              format: json
              entity: host
              time: {path: ts, unit: s}
              series: tags
              metric: {name: metric, value: value}
            """;

    /** Features cpu, rx, load. */
    private static MetricReader reader(String source) {
        return MetricReaders.of(
                DetectorConfig.parse("detector: fleet\nfeatures: [cpu, rx, load]\n" + source, "test"),
                Duration.ofSeconds(1),
                CLOCK);
    }

    /** Returns the values of a record as texts, and how many values were refused and why. */
    private static List<String> read(MetricReader reader, String record) throws MalformedRecordException {
        return read(reader, record.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> read(MetricReader reader, byte[] record) throws MalformedRecordException {
        List<String> calls = new ArrayList<>();
        reader.read(
                new ConsumerRecord<>("t", 0, 0, "the key".getBytes(StandardCharsets.UTF_8), record),
                new MetricReceiver() {
                    @Override
                    public void value(
                            String entity, int feature, long series, long time, MetricKind kind, double value) {
                        String name = List.of("cpu", "rx", "load").get(feature);
                        calls.add(String.format(
                                Locale.ROOT,
                                "%s %s %s%s at %s",
                                entity,
                                name,
                                kind == MetricKind.INCREASE ? "+" : "",
                                value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : "" + value,
                                Instant.ofEpochMilli(time)));
                    }

                    @Override
                    public void refused(int values, RejectionReason reason, String problem) {
                        calls.add("refused " + values + " " + reason + ": " + problem);
                    }
                });
        return calls;
    }

    @Test
    void integersKeepTheirStepsAndTextsTheirNumbers() throws Exception {
        MetricReader reader = reader(LONG);
        assertThat(read(reader, "{\"ts\": 1769847300, \"host\": \"a\", \"metric\": \"rx\", \"value\": 10000000000003}"))
                .containsExactly("a rx 10000000000003 at 2026-01-31T08:15:00Z");
        assertThat(read(reader, "{\"ts\": \"1769847300\", \"host\": 7, \"metric\": \"rx\", \"value\": \" 1.5e1 \"}"))
                .containsExactly("7 rx 15 at 2026-01-31T08:15:00Z");
        // 2^53 + 1 is between two doubles; the even one is taken.
        assertThat(read(
                        reader,
                        "{\"ts\": 1769847300, \"host\": \"a\", \"metric\": \"rx\", \"value\": 9007199254740993}"))
                .containsExactly("a rx 9007199254740992 at 2026-01-31T08:15:00Z");
        assertThat(read(reader, "{\"ts\": 1769847300, \"host\": \"a\", \"metric\": \"load\", \"value\": true}"))
                .containsExactly("a load 1 at 2026-01-31T08:15:00Z");
    }

    @Test
    void whatIsNoNumberIsGivenAsNaNAndWhatIsNotThereIsNotGiven() throws Exception {
        MetricReader reader = reader(LONG);
        for (String value : List.of("\"N/A\"", "NaN", "\"\"", "[1]", "{}", "1e999")) {
            assertThat(read(
                            reader,
                            "{\"ts\": 1769847300, \"host\": \"a\", \"metric\": \"rx\", \"value\": " + value + "}"))
                    .as(value)
                    .containsExactly("a rx NaN at 2026-01-31T08:15:00Z");
        }
        assertThat(read(reader, "{\"ts\": 1769847300, \"host\": \"a\", \"metric\": \"rx\", \"value\": null}"))
                .isEmpty();
        assertThat(read(reader, "{\"ts\": 1769847300, \"host\": \"a\", \"metric\": \"rx\"}"))
                .isEmpty();
        assertThat(read(reader, "{\"ts\": \"nonsense\", \"metric\": \"another\", \"value\": 5}"))
                .as("nobody wants the metric, so nothing else is looked at")
                .isEmpty();
    }

    @Test
    void aRecordIsRefusedOnlyIfNothingIsLeft() throws Exception {
        MetricReader reader = reader(LONG);
        String good = "{\"ts\": 1769847300, \"host\": \"a\", \"metric\": \"rx\", \"value\": 1}";
        String homeless = "{\"ts\": 1769847300, \"metric\": \"rx\", \"value\": 2}";
        String early = "{\"ts\": 17, \"host\": \"a\", \"metric\": \"rx\", \"value\": 3}";
        String millis = "{\"ts\": 1769847300000, \"host\": \"a\", \"metric\": \"rx\", \"value\": 3}";
        String nameless = "{\"ts\": 1769847300, \"host\": \"a\", \"value\": 4}";
        assertThat(read(reader, "[" + homeless + "," + good + "," + early + "," + nameless + "]"))
                .containsExactly(
                        "refused 3 NO_ENTITY: the record has no field `host`, which names the entity (`source.entity`)",
                        "a rx 1 at 2026-01-31T08:15:00Z");
        assertRefused(reader, homeless, RejectionReason.NO_ENTITY, "has no field `host`");
        assertRefused(reader, early, RejectionReason.IMPOSSIBLE_TIME, "`entities.earliest`");
        assertRefused(reader, millis, RejectionReason.IMPOSSIBLE_TIME, "set `source.time.unit: ms`");
        assertRefused(reader, nameless, RejectionReason.MALFORMED, "has no field `metric`, which holds the name");
        assertRefused(reader, "[" + good + ", 5]", RejectionReason.MALFORMED, "there is a number");
        assertRefused(reader, "[" + good, RejectionReason.MALFORMED, "is no JSON");
    }

    @Test
    void aListThatIsNotThereIsSaid() {
        MetricReader json = reader(LONG + "  rows: data.list\n");
        assertRefused(json, "{\"data\": {\"list\": {\"a\": 1}}}", RejectionReason.MALFORMED, "has no list `data.list`");
        assertRefused(json, "{\"data\": {\"list\": [7]}}", RejectionReason.MALFORMED, "there is a number");
        MetricReader avro = reader("""
                source:
                  topics: t
                  format: avro
                  schema: '{"type": "record", "name": "R", "fields": [{"name": "host", "type": "string"}]}'
                  entity: host
                  rows: host
                """);
        assertRefused(avro, "\u0002a", RejectionReason.MALFORMED, "schema has no list `host`");
    }

    @Test
    void labelsAreMatchedAsInPrometheus() throws Exception {
        MetricReader reader = reader(LONG + """
                  metrics:
                    cpu: {name: c, labels: {tags.state: user}}
                    rx: {name: c, labels: {tags.state: '!=idle', tags.core: '=~[0-9]+'}}
                    load: {name: c, labels: {tags.state: '!~i.*|user', tags.core: ''}}
                """);
        assertThat(names(reader, "\"state\": \"user\", \"core\": 3")).containsExactly("cpu", "rx");
        assertThat(names(reader, "\"state\": \"idle\", \"core\": \"3\"")).isEmpty();
        assertThat(names(reader, "\"state\": \"system\"")).containsExactly("load");
        assertThat(names(reader, "\"core\": \"03\"")).containsExactly("rx");
        assertThat(names(reader, "\"core\": \"x\"")).isEmpty();
    }

    private static List<String> names(MetricReader reader, String tags) throws MalformedRecordException {
        return read(
                        reader,
                        "{\"ts\": 1769847300, \"host\": \"a\", \"metric\": \"c\", \"value\": 1, \"tags\": {" + tags
                                + "}}")
                .stream()
                .map(call -> call.split(" ")[1])
                .toList();
    }

    /** As Telegraf's Kafka output writes with `data_format = "json"`, single or in batches. */
    @Test
    void telegrafAsJson() throws Exception {
        String cpu = "{\"fields\":{\"usage_user\":12.5,\"usage_idle\":80},\"name\":\"cpu\",\"tags\":{\"cpu\":\"%s\","
                + "\"host\":\"web-7\"},\"timestamp\":1769847300}";
        String net = "{\"fields\":{\"bytes_recv\":10000000000001},\"name\":\"net\",\"tags\":{\"host\":\"web-7\","
                + "\"interface\":\"eth0\"},\"timestamp\":1769847300}";
        String source = """
                source:
                  topics: telegraf
                  format: json
                  entity: tags.host
                  time: {path: timestamp, unit: s}
                  series: tags
                  features: {load: fields.load1}
                  metrics:
                    cpu: {name: fields.usage_user, labels: {name: cpu, tags.cpu: cpu-total}}
                    rx: {name: fields.bytes_recv, aggregate: sum, as: rate}
                """;
        MetricReader reader = reader(source);
        assertThat(read(reader, cpu.formatted("cpu-total"))).containsExactly("web-7 cpu 12.5 at 2026-01-31T08:15:00Z");
        assertThat(read(reader, cpu.formatted("cpu0"))).isEmpty();
        assertThat(read(reader, net)).containsExactly("web-7 rx 10000000000001 at 2026-01-31T08:15:00Z");
        assertThat(read(
                        reader(source + "  rows: metrics\n"),
                        "{\"metrics\":[" + cpu.formatted("cpu0") + "," + cpu.formatted("cpu-total") + "," + net + "]}"))
                .hasSize(2);
    }

    /** As Telegraf's Kafka output writes by default. */
    @Test
    void telegrafAsLines() throws Exception {
        MetricReader reader = reader("""
                source:
                  topics: telegraf
                  format: influx
                  entity: host
                  metrics:
                    cpu: {name: cpu.usage_user, labels: {cpu: cpu-total}}
                    rx: {name: net.bytes_recv, labels: {interface: '!=all'}, aggregate: sum, as: rate}
                    load: system.load1
                """);
        String record = """
                cpu,cpu=cpu0,host=web-7 usage_user=11,usage_system=3.25 1769847300000000000
                cpu,cpu=cpu-total,host=web-7 usage_user=12.5,usage_system=3.25 1769847300000000000
                net,host=web-7,interface=eth0 bytes_recv=10000000000001i,bytes_sent=5i 1769847300000000000
                net,host=web-7,interface=all icmp_inmsgs=2i,bytes_recv=9i 1769847300000000000
                system,host=web-7 load1=0.5,n_cpus=4i,uptime_format="1 day, 2:03" 1769847300000000000

                """;
        assertThat(read(reader, record))
                .containsExactly(
                        "web-7 cpu 12.5 at 2026-01-31T08:15:00Z",
                        "web-7 rx 10000000000001 at 2026-01-31T08:15:00Z",
                        "web-7 load 0.5 at 2026-01-31T08:15:00Z");
        assertRefused(reader, record + "cpu usage", RejectionReason.MALFORMED, "there is no =");
        // The message is one line, whatever the bytes are.
        assertRefused(reader, "cpu x=1 17=\"\nz", RejectionReason.MALFORMED, "the fields is \"17=\" z\", expected");
    }

    /** As Metricbeat's Kafka output writes. */
    @Test
    void metricbeat() throws Exception {
        MetricReader reader = reader("""
                source:
                  topics: beats
                  format: json
                  entity: host.name
                  time: '@timestamp'
                  series: [system.network.name]
                  features: {cpu: system.cpu.user.pct, load: system.load.1}
                  metrics: {rx: {name: system.network.in.bytes, aggregate: sum, as: rate}}
                """);
        String head = "{\"@timestamp\":\"2026-01-31T08:15:00.000Z\",\"@metadata\":{\"beat\":\"metricbeat\"},"
                + "\"host\":{\"name\":\"web-7\"},\"metricset\":{\"name\":\"x\",\"period\":10000},\"system\":";
        assertThat(read(reader, head + "{\"cpu\":{\"cores\":4,\"user\":{\"pct\":0.125}}}}"))
                .containsExactly("web-7 cpu 0.125 at 2026-01-31T08:15:00Z");
        assertThat(read(reader, head + "{\"network\":{\"name\":\"eth0\",\"in\":{\"bytes\":5,\"packets\":1}}}}"))
                .containsExactly("web-7 rx 5 at 2026-01-31T08:15:00Z");
        assertThat(read(reader, head + "{\"load\":{\"1\":0.5,\"5\":0.25}}}"))
                .containsExactly("web-7 load 0.5 at 2026-01-31T08:15:00Z");
    }

    /** As the adapter writes what Prometheus sends by remote write. */
    @Test
    void prometheus() throws Exception {
        MetricReader reader = reader("""
                source:
                  topics: metrics
                  format: prometheus-json
                  entity: instance
                  metrics:
                    cpu: {name: node_cpu_seconds_total, labels: {mode: user}, aggregate: sum, as: rate}
                    rx: {name: node_network_receive_bytes_total, labels: {device: '!~lo|veth.*'}}
                    load: node_load1
                """);
        String sample = "{\"timestamp\":\"2026-01-31T08:15:00Z\",\"value\":\"%s\",\"name\":\"%s\",\"labels\":{"
                + "\"__name__\":\"%2$s\",\"instance\":\"web-7:9100\",\"job\":\"node\",\"%s\":\"%s\"}}";
        assertThat(read(reader, sample.formatted("12345.67", "node_cpu_seconds_total", "mode", "user")))
                .containsExactly("web-7:9100 cpu 12345.67 at 2026-01-31T08:15:00Z");
        assertThat(read(reader, sample.formatted("12345.67", "node_cpu_seconds_total", "mode", "idle")))
                .isEmpty();
        assertThat(read(
                        reader,
                        sample.formatted("1.0000000000003e+13", "node_network_receive_bytes_total", "device", "eth0")))
                .containsExactly("web-7:9100 rx 10000000000003 at 2026-01-31T08:15:00Z");
        assertThat(read(reader, sample.formatted("3", "node_network_receive_bytes_total", "device", "veth12")))
                .isEmpty();
        assertThat(read(reader, sample.formatted("NaN", "node_load1", "x", "y")))
                .containsExactly("web-7:9100 load NaN at 2026-01-31T08:15:00Z");
        assertRefused(
                reader,
                sample.formatted("1", "node_load1", "x", "y").replace("instance", "pod"),
                RejectionReason.NO_ENTITY,
                "has no field `labels.instance`");
        assertRefused(
                reader,
                sample.formatted("1", "node_load1", "x", "y").replace("2026-", "1926-"),
                RejectionReason.IMPOSSIBLE_TIME,
                "`entities.earliest`");
    }

    @Test
    void theKeyNamesTheEntity() throws Exception {
        String record = "{\"name\": \"cpu\", \"value\": 1, \"timestamp\": \"2026-01-31T08:15:00Z\"}";
        assertThat(read(reader("source: {topics: t, format: prometheus-json, entity: $key}\n"), record))
                .containsExactly("the key cpu 1 at 2026-01-31T08:15:00Z");
    }

    static void assertRefused(MetricReader reader, String record, RejectionReason reason, String problem) {
        assertThatThrownBy(() -> read(reader, record))
                .isInstanceOfSatisfying(
                        MalformedRecordException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(problem);
    }
}
