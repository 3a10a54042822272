package dev.noether.flink.mapping;

/** The formats of records that observations are read from. */
public enum SourceFormat {
    /** Noether's own records, {@code Observation} in Avro's single-object encoding. */
    NOETHER("noether"),
    /** JSON objects. */
    JSON("json"),
    /** Avro's binary encoding of one schema. */
    AVRO("avro"),
    /** Avro's binary encoding behind the number of its schema in a registry. */
    CONFLUENT_AVRO("confluent-avro"),
    /** Lines of InfluxDB's line protocol. */
    INFLUX("influx"),
    /** Metrics of OpenTelemetry in the encoding of protocol buffers. */
    OTLP_PROTO("otlp-proto"),
    /** Metrics of OpenTelemetry in JSON. */
    OTLP_JSON("otlp-json"),
    /** One sample of Prometheus a record, in JSON. */
    PROMETHEUS_JSON("prometheus-json");

    private final String label;

    SourceFormat(String label) {
        this.label = label;
    }

    /** Returns the name in the detector file. */
    public String label() {
        return label;
    }

    /** Whether the format itself says what is a metric's name, its value, its time and its labels. */
    public boolean isOfMetrics() {
        return this == OTLP_PROTO || this == OTLP_JSON || this == PROMETHEUS_JSON;
    }

    /** Whether a record is made of fields with names, nested or not. */
    public boolean isOfFields() {
        return this == JSON || this == AVRO || this == CONFLUENT_AVRO;
    }
}
