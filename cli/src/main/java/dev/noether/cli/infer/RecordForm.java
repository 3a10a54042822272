package dev.noether.cli.infer;

/** What the bytes of a record look like. */
enum RecordForm {
    /** One JSON object. */
    JSON("JSON objects"),
    /** A list in JSON. */
    JSON_LIST("lists in JSON"),
    /** Noether's own observation. */
    NOETHER("observations in Noether's own format"),
    /** Avro's single-object encoding of another schema. */
    SINGLE_OBJECT("Avro's single-object encoding of a schema of yours"),
    /** Avro behind the number of a schema. */
    CONFLUENT_AVRO("Avro with the number of a schema in a registry"),
    /** One line of line protocol. */
    INFLUX("InfluxDB's line protocol"),
    /** Several lines of line protocol. */
    INFLUX_LINES("several lines of InfluxDB's line protocol"),
    /** Probably OTLP as protobuf. */
    PROTOBUF("protobuf, perhaps of OpenTelemetry"),
    /** Compressed by the application. */
    GZIP("compressed by the sender (gzip)"),
    /** Something else. */
    OTHER("something else");

    private final String words;

    RecordForm(String words) {
        this.words = words;
    }

    /** The form in words, plural. */
    String words() {
        return words;
    }
}
