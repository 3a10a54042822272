package dev.noether.flink.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Metrics of OpenTelemetry: each kind of metric, each kind of attribute, and JSON as the Collector writes it. */
class OtlpMetricReaderTest {
    private static final long TIME = Instant.parse("2026-01-31T08:15:00Z").toEpochMilli();
    private static final long NANOS = TIME * 1_000_000;
    private static final AggregationTemporality DELTA = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
    private static final AggregationTemporality CUMULATIVE = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;

    private record Call(String entity, String feature, MetricKind kind, double value) {}

    private final List<Call> calls = new ArrayList<>();
    private final Set<Long> series = new HashSet<>();

    private int read(String features, String source, byte[] record) throws MalformedRecordException {
        DetectorConfig config = DetectorConfig.parse(
                "detector: fleet\nfeatures: [" + features + "]\nsource:\n  topics: t\n" + source, "test");
        calls.clear();
        series.clear();
        return MetricReaders.of(config, Duration.ofSeconds(1), () -> TIME + 1000)
                .read(
                        new ConsumerRecord<>(
                                "t",
                                0,
                                0,
                                TIME,
                                TimestampType.CREATE_TIME,
                                0,
                                0,
                                new byte[0],
                                record,
                                new RecordHeaders(),
                                Optional.empty()),
                        (entity, feature, labels, time, kind, value) -> {
                            assertThat(time).isEqualTo(TIME);
                            series.add(labels);
                            calls.add(new Call(entity, config.features().name(feature), kind, value));
                        });
    }

    private int readProto(String features, Metric.Builder... metrics) throws MalformedRecordException {
        return read(
                features,
                "  format: otlp-proto\n  entity: service.name\n",
                data(metrics).toByteArray());
    }

    private static MetricsData data(Metric.Builder... metrics) {
        ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
        for (Metric.Builder metric : metrics) {
            scope.addMetrics(metric);
        }
        return MetricsData.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(Resource.newBuilder().addAttributes(attribute("service.name", "cart")))
                        .addScopeMetrics(scope))
                .build();
    }

    private static KeyValue attribute(String key, String text) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(text))
                .build();
    }

    private static NumberDataPoint.Builder number() {
        return NumberDataPoint.newBuilder().setTimeUnixNano(NANOS + 999_999);
    }

    private static Metric.Builder sum(String name, AggregationTemporality temporality, NumberDataPoint.Builder point) {
        return Metric.newBuilder()
                .setName(name)
                .setSum(Sum.newBuilder().setAggregationTemporality(temporality).addDataPoints(point));
    }

    @Test
    void theTemporalityOfASumSaysWhatItsValueIs() throws Exception {
        assertThat(readProto(
                        "a, b, c",
                        sum("a", CUMULATIVE, number().setAsInt(10_000_000_000_003L)),
                        sum("b", DELTA, number().setAsDouble(2.5)),
                        Metric.newBuilder()
                                .setName("c")
                                .setGauge(
                                        Gauge.newBuilder().addDataPoints(number().setAsInt(-9_007_199_254_740_993L)))))
                .isEqualTo(3);
        assertThat(calls)
                .containsExactly(
                        new Call("cart", "a", MetricKind.LEVEL, 1.0000000000003e13),
                        new Call("cart", "b", MetricKind.INCREASE, 2.5),
                        new Call("cart", "c", MetricKind.LEVEL, -9_007_199_254_740_992.0));
    }

    @Test
    void aPointWithoutValueIsNotGivenAndOneThatIsNoNumberIs() throws Exception {
        Gauge.Builder gauge = Gauge.newBuilder()
                .addDataPoints(number().setAsInt(5).setFlags(1))
                .addDataPoints(number())
                .addDataPoints(number().setAsDouble(Double.NaN))
                .addDataPoints(number().setAsDouble(Double.NEGATIVE_INFINITY))
                .addDataPoints(NumberDataPoint.newBuilder().setAsInt(7));
        readProto("a", Metric.newBuilder().setName("a").setGauge(gauge));
        assertThat(calls.stream().map(Call::value))
                .as("the last has the time of the record")
                .containsExactly(Double.NaN, Double.NaN, 7.0);
    }

    @Test
    void aHistogramHasACountASumAndQuantiles() throws Exception {
        HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder()
                .setTimeUnixNano(NANOS)
                .setCount(100)
                .setSum(250)
                .addAllExplicitBounds(List.of(1.0, 2.0, 4.0))
                .addAllBucketCounts(List.of(50L, 30L, 10L, 10L))
                .setMin(0.5)
                .setMax(8);
        String features = "h.count, h.sum, h.min, h.max, h.p50, h.p90, h.p99, h.p99.9, h";
        Metric.Builder metric = Metric.newBuilder()
                .setName("h")
                .setHistogram(
                        Histogram.newBuilder().setAggregationTemporality(DELTA).addDataPoints(point));
        assertThat(readProto(features, metric)).isEqualTo(8);
        assertThat(calls)
                .containsExactlyInAnyOrder(
                        new Call("cart", "h.count", MetricKind.INCREASE, 100),
                        new Call("cart", "h.sum", MetricKind.INCREASE, 250),
                        new Call("cart", "h.min", MetricKind.LEVEL, 0.5),
                        new Call("cart", "h.max", MetricKind.LEVEL, 8),
                        new Call("cart", "h.p50", MetricKind.LEVEL, 1),
                        new Call("cart", "h.p90", MetricKind.LEVEL, 4),
                        new Call("cart", "h.p99", MetricKind.LEVEL, 4 + 4 * 0.9),
                        new Call("cart", "h.p99.9", MetricKind.LEVEL, 4 + 4 * (99.9 / 100 * 100 - 90) / 10));
        point.clearSum().clearMin().clearMax().clearBucketCounts().setCount(0);
        metric.setHistogram(
                Histogram.newBuilder().setAggregationTemporality(CUMULATIVE).addDataPoints(point));
        readProto(features, metric);
        assertThat(calls).containsExactly(new Call("cart", "h.count", MetricKind.LEVEL, 0));
    }

    @Test
    void anExponentialHistogramAndASummaryHaveParts() throws Exception {
        readProto(
                "e.count, e.sum, e.max, e.p50, s.count, s.p50, s.p99",
                Metric.newBuilder()
                        .setName("e")
                        .setExponentialHistogram(ExponentialHistogram.newBuilder()
                                .setAggregationTemporality(CUMULATIVE)
                                .addDataPoints(ExponentialHistogramDataPoint.newBuilder()
                                        .setTimeUnixNano(NANOS)
                                        .setCount(7)
                                        .setSum(1.5)
                                        .setMax(1)
                                        .setScale(3)
                                        .setPositive(ExponentialHistogramDataPoint.Buckets.newBuilder()
                                                .addBucketCounts(7)))),
                Metric.newBuilder()
                        .setName("s")
                        .setSummary(Summary.newBuilder()
                                .addDataPoints(SummaryDataPoint.newBuilder()
                                        .setTimeUnixNano(NANOS)
                                        .setCount(9)
                                        .addQuantileValues(SummaryDataPoint.ValueAtQuantile.newBuilder()
                                                .setQuantile(.5)
                                                .setValue(3)))));
        assertThat(calls)
                .containsExactly(
                        new Call("cart", "e.count", MetricKind.LEVEL, 7),
                        new Call("cart", "e.sum", MetricKind.LEVEL, 1.5),
                        new Call("cart", "e.max", MetricKind.LEVEL, 1),
                        new Call("cart", "s.count", MetricKind.LEVEL, 9),
                        new Call("cart", "s.p50", MetricKind.LEVEL, 3));
    }

    @Test
    void attributesOfResourceScopeAndPointAreLabels() throws Exception {
        NumberDataPoint.Builder point = number().setAsInt(1)
                .addAttributes(KeyValue.newBuilder()
                        .setKey("cpu")
                        .setValue(AnyValue.newBuilder().setIntValue(3)))
                .addAttributes(KeyValue.newBuilder()
                        .setKey("on")
                        .setValue(AnyValue.newBuilder().setBoolValue(true)))
                .addAttributes(KeyValue.newBuilder()
                        .setKey("share")
                        .setValue(AnyValue.newBuilder().setDoubleValue(.5)))
                .addAttributes(KeyValue.newBuilder()
                        .setKey("arguments")
                        .setValue(AnyValue.newBuilder()
                                .setArrayValue(ArrayValue.newBuilder()
                                        .addValues(AnyValue.newBuilder().setStringValue("x")))))
                .addAttributes(attribute("service.name", "inner"));
        String source = """
                  format: otlp-proto
                  entity: [service.name, cpu, on, share]
                  metrics:
                    a: {name: m, labels: {cpu: 3, "on": true, arguments: ''}}
                    b: {name: m, labels: {cpu: '!=3'}}
                """;
        byte[] record = data(sum("m", CUMULATIVE, point)).toByteArray();
        read("a, b", source, record);
        assertThat(calls)
                .as("the attribute of the point counts, not that of the resource")
                .containsExactly(new Call("inner/3/true/0.5", "a", MetricKind.LEVEL, 1));
        assertRefused(
                source.replace("share]", "rack]"),
                record,
                RejectionReason.NO_ENTITY,
                "has no field `rack`, which names the entity");
        assertRefused(source.replace("share]", "arguments]"), record, RejectionReason.NO_ENTITY, "is a list or a map");
    }

    @Test
    void seriesAreToldApartByAllLabels() throws Exception {
        Gauge.Builder gauge = Gauge.newBuilder();
        for (String card : List.of("eth0", "eth1", "eth0")) {
            gauge.addDataPoints(
                    number().setAsInt(1).addAttributes(attribute("card", card)).addAttributes(attribute("way", "in")));
            gauge.addDataPoints(
                    number().setAsInt(1).addAttributes(attribute("way", "in")).addAttributes(attribute("card", card)));
        }
        readProto("a", Metric.newBuilder().setName("a").setGauge(gauge));
        assertThat(series).as("in any order").hasSize(2);
    }

    @Test
    void whatDescribesTheValuesMayStandBehindThem() throws Exception {
        // Each message with its fields in the opposite order: value before key, temporality before points.
        byte[] point = message(field(8, 0, 0), fixed(4, Double.doubleToLongBits(2.5)), fixed(3, NANOS));
        byte[] metric = message(text(5, message(text(1, point))), text(1, "a".getBytes(StandardCharsets.UTF_8)));
        byte[] attribute = message(
                text(2, message(text(1, "cart".getBytes(StandardCharsets.UTF_8)))),
                text(1, "service.name".getBytes(StandardCharsets.UTF_8)));
        byte[] resource = message(text(2, message(text(2, metric))), text(1, message(text(1, attribute))));
        read("a", "  format: otlp-proto\n  entity: service.name\n", message(text(1, resource)));
        assertThat(calls).containsExactly(new Call("cart", "a", MetricKind.LEVEL, 2.5));
    }

    private static byte[] field(int number, int encoding, int value) {
        return new byte[] {(byte) (number << 3 | encoding), (byte) value};
    }

    private static byte[] fixed(int number, long value) {
        return ByteBuffer.allocate(9)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) (number << 3 | 1))
                .putLong(value)
                .array();
    }

    private static byte[] text(int number, byte[] bytes) {
        return message(new byte[] {(byte) (number << 3 | 2), (byte) bytes.length}, bytes);
    }

    private static byte[] message(byte[]... fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] field : fields) {
            out.writeBytes(field);
        }
        return out.toByteArray();
    }

    /** As the Collector's Kafka exporter writes with the encoding {@code otlp_json}, here of its receiver hostmetrics. */
    @Test
    void theCollectorsJson() throws Exception {
        String record = """
                {"resourceMetrics":[{"resource":{"attributes":[{"key":"host.name","value":{"stringValue":"web-7"}},\
                {"key":"os.type","value":{"stringValue":"linux"}},{"key":"process.args","value":{"arrayValue":{"values":\
                [{"stringValue":"-x"}]}}}]},"scopeMetrics":[{"scope":{"name":"otelcol/hostmetricsreceiver/network",\
                "version":"0.113.0"},"metrics":[{"name":"system.network.io","description":"bytes","unit":"By","sum":\
                {"dataPoints":[{"attributes":[{"key":"device","value":{"stringValue":"eth0"}},{"key":"direction",\
                "value":{"stringValue":"receive"}}],"startTimeUnixNano":"1769840000000000000",\
                "timeUnixNano":"1769847300000000000","asInt":"10000000000003"},{"attributes":[{"key":"device","value":\
                {"stringValue":"eth0"}},{"key":"direction","value":{"stringValue":"transmit"}}],\
                "timeUnixNano":"1769847300000000000","asInt":"5"}],"aggregationTemporality":2,"isMonotonic":true}},\
                {"name":"system.cpu.load_average.1m","unit":"{thread}","gauge":{"dataPoints":[\
                {"timeUnixNano":"1769847300000000000","asDouble":0.52,"flags":0,"exemplars":[]}]}}]}],\
                "schemaUrl":"https://opentelemetry.io/schemas/1.9.0"}]}""";
        String source = """
                  format: otlp-json
                  entity: host.name
                  metrics:
                    rx: {name: system.network.io, labels: {direction: receive}, aggregate: sum, as: rate}
                    load: system.cpu.load_average.1m
                """;
        Call rx = new Call("web-7", "rx", MetricKind.LEVEL, 1.0000000000003e13);
        Call load = new Call("web-7", "load", MetricKind.LEVEL, .52);
        read("rx, load", source, bytes(record));
        assertThat(calls).containsExactly(rx, load);
        read("rx, load", source, bytes("[" + record + "," + record + "]"));
        assertThat(calls).containsExactly(rx, load, rx, load);
        read("rx, load", source, bytes(record + "\n" + record + "\n"));
        assertThat(calls).containsExactly(rx, load, rx, load);
        read(
                "rx, load",
                source,
                bytes(record.replace(
                                "\"aggregationTemporality\":2",
                                "\"aggregation_temporality\": " + "\"AGGREGATION_TEMPORALITY_DELTA\"")
                        .replace("asInt", "as_int")));
        assertThat(calls).containsExactly(new Call("web-7", "rx", MetricKind.INCREASE, 1.0000000000003e13), load);
        read("rx, load", source, bytes(record.replace("0.52", "\"NaN\"").replace("\"10000000000003\"", "1.5e1")));
        assertThat(calls.stream().map(Call::value)).containsExactly(15.0, Double.NaN);
        assertRefused(
                source,
                bytes(record.replace("\"10000000000003\"", "\"many\"")),
                RejectionReason.MALFORMED,
                "`asInt` is many");
        assertRefused(
                source,
                bytes(record.replace("\"timeUnixNano\":\"1769847300000000000\"", "\"timeUnixNano\":\"1769847300\"")),
                RejectionReason.IMPOSSIBLE_TIME,
                "`entities.earliest`");
        assertRefused(
                source.replace("otlp-json", "otlp-proto"),
                bytes(record),
                RejectionReason.MALFORMED,
                "it looks like JSON; set `source.format: otlp-json`");
    }

    private void assertRefused(String source, byte[] record, RejectionReason reason, String problem) {
        String features = source.contains("rx:") ? "rx, load" : "a, b";
        assertThatThrownBy(() -> read(features, source, record))
                .isInstanceOfSatisfying(
                        MalformedRecordException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(problem);
        assertThat(calls).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
