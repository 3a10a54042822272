package dev.noether.flink.source.otlp;

import static dev.noether.flink.source.otlp.ProtoInput.BYTES;
import static dev.noether.flink.source.otlp.ProtoInput.FIXED64;
import static dev.noether.flink.source.otlp.ProtoInput.VARINT;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A field of a message of OpenTelemetry, as JSON names it. Fields that no reader needs are not listed. Immutable.
 *
 * @param tag number and encoding in protocol buffers
 * @param kind how JSON writes it
 * @param fields fields of the message that it is, by their names
 */
record OtlpJsonField(int tag, Kind kind, Map<String, OtlpJsonField> fields) {
    /** How JSON writes a field. */
    enum Kind {
        MESSAGE,
        TEXT,
        FLAG,
        /** A 64-bit integer, as a text or a number. */
        INTEGER,
        /** The same in eight bytes. */
        FIXED_INTEGER,
        /** A number, or one of the texts NaN, Infinity and -Infinity. */
        DECIMAL,
        /** A number, or the name of a constant. */
        TEMPORALITY
    }

    /** The fields of a whole record. */
    static final Map<String, OtlpJsonField> RECORD = record();

    private static Map<String, OtlpJsonField> record() {
        Map<String, OtlpJsonField> any = new HashMap<>();
        add(any, "stringValue", 1, BYTES, Kind.TEXT);
        add(any, "boolValue", 2, VARINT, Kind.FLAG);
        add(any, "intValue", 3, VARINT, Kind.INTEGER);
        add(any, "doubleValue", 4, FIXED64, Kind.DECIMAL);
        Map<String, OtlpJsonField> attribute = new HashMap<>();
        add(attribute, "key", 1, BYTES, Kind.TEXT);
        add(attribute, "value", 2, any);

        Map<String, OtlpJsonField> resource = new HashMap<>();
        add(resource, "attributes", 1, attribute);
        Map<String, OtlpJsonField> scope = new HashMap<>();
        add(scope, "name", 1, BYTES, Kind.TEXT);
        add(scope, "attributes", 3, attribute);
        Map<String, OtlpJsonField> ofScope = new HashMap<>();
        add(ofScope, "scope", 1, scope);
        add(ofScope, "metrics", 2, metric(attribute));
        Map<String, OtlpJsonField> ofResource = new HashMap<>();
        add(ofResource, "resource", 1, resource);
        add(ofResource, "scopeMetrics", 2, ofScope);
        Map<String, OtlpJsonField> record = new HashMap<>();
        add(record, "resourceMetrics", 1, ofResource);
        return record;
    }

    private static Map<String, OtlpJsonField> metric(Map<String, OtlpJsonField> attribute) {
        Map<String, OtlpJsonField> number = point(attribute, 7, 8);
        add(number, "asDouble", 4, FIXED64, Kind.DECIMAL);
        add(number, "asInt", 6, FIXED64, Kind.FIXED_INTEGER);

        Map<String, OtlpJsonField> histogram = total(point(attribute, 9, 10));
        add(histogram, "bucketCounts", 6, FIXED64, Kind.FIXED_INTEGER);
        add(histogram, "explicitBounds", 7, FIXED64, Kind.DECIMAL);
        add(histogram, "min", 11, FIXED64, Kind.DECIMAL);
        add(histogram, "max", 12, FIXED64, Kind.DECIMAL);

        Map<String, OtlpJsonField> exponential = total(point(attribute, 1, 10));
        add(exponential, "min", 12, FIXED64, Kind.DECIMAL);
        add(exponential, "max", 13, FIXED64, Kind.DECIMAL);

        Map<String, OtlpJsonField> quantile = new HashMap<>();
        add(quantile, "quantile", 1, FIXED64, Kind.DECIMAL);
        add(quantile, "value", 2, FIXED64, Kind.DECIMAL);
        Map<String, OtlpJsonField> summary = total(point(attribute, 7, 8));
        add(summary, "quantileValues", 6, quantile);

        Map<String, OtlpJsonField> metric = new HashMap<>();
        add(metric, "name", 1, BYTES, Kind.TEXT);
        add(metric, "gauge", 5, data(number));
        add(metric, "sum", 7, data(number));
        add(metric, "histogram", 9, data(histogram));
        add(metric, "exponentialHistogram", 10, data(exponential));
        add(metric, "summary", 11, data(summary));
        return metric;
    }

    private static Map<String, OtlpJsonField> data(Map<String, OtlpJsonField> point) {
        Map<String, OtlpJsonField> data = new HashMap<>();
        add(data, "dataPoints", 1, point);
        add(data, "aggregationTemporality", 2, VARINT, Kind.TEMPORALITY);
        add(data, "isMonotonic", 3, VARINT, Kind.FLAG);
        return data;
    }

    private static Map<String, OtlpJsonField> point(Map<String, OtlpJsonField> attribute, int attributes, int flags) {
        Map<String, OtlpJsonField> point = new HashMap<>();
        add(point, "attributes", attributes, attribute);
        add(point, "timeUnixNano", 3, FIXED64, Kind.FIXED_INTEGER);
        add(point, "flags", flags, VARINT, Kind.INTEGER);
        return point;
    }

    private static Map<String, OtlpJsonField> total(Map<String, OtlpJsonField> point) {
        add(point, "count", 4, FIXED64, Kind.FIXED_INTEGER);
        add(point, "sum", 5, FIXED64, Kind.DECIMAL);
        return point;
    }

    private static void add(
            Map<String, OtlpJsonField> message, String name, int number, Map<String, OtlpJsonField> of) {
        add(message, name, new OtlpJsonField(ProtoInput.tag(number, BYTES), Kind.MESSAGE, of));
    }

    private static void add(Map<String, OtlpJsonField> message, String name, int number, int encoding, Kind kind) {
        add(message, name, new OtlpJsonField(ProtoInput.tag(number, encoding), kind, Map.of()));
    }

    /** Readers accept the names of the schema too, which have underscores. */
    private static void add(Map<String, OtlpJsonField> message, String name, OtlpJsonField field) {
        message.put(name, field);
        message.put(name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT), field);
    }
}
