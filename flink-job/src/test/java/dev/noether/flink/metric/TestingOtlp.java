package dev.noether.flink.metric;

import com.google.protobuf.ByteString;
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
import java.util.List;

/** Writes values as metrics of OpenTelemetry: with its own library, and as its Collector writes JSON. */
final class TestingOtlp {
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
                                .setValue(AnyValue.newBuilder().setBytesValue(ByteString.copyFromUtf8("x")))))
                .addScopeMetrics(ScopeMetrics.newBuilder()
                        .setScope(InstrumentationScope.newBuilder().setName("hostmetrics"))
                        .addMetrics(Metric.newBuilder()
                                .setName("m.cpu")
                                .setUnit("1")
                                .setGauge(Gauge.newBuilder()
                                        .addDataPoints(
                                                point(sample, sample.card()).setAsDouble(sample.cpu()))
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
                + "{\"sum\":{\"dataPoints\":[" + json(sample, sample.card(), "\"asInt\":\"" + sample.bytes() + '"')
                + ","
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
