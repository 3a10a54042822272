package dev.noether.flink.mapping;

/** The formats of records that observations are read from. */
public enum SourceFormat {
    /** Noether's own records, {@code Observation} in Avro's single-object encoding. */
    NOETHER("noether"),
    /** One JSON object a record. */
    JSON("json"),
    /** Avro's binary encoding of one schema. */
    AVRO("avro"),
    /** Avro's binary encoding behind the number of its schema in a registry. */
    CONFLUENT_AVRO("confluent-avro"),
    /** One line of InfluxDB's line protocol a record. */
    INFLUX("influx");

    private final String label;

    SourceFormat(String label) {
        this.label = label;
    }

    /** Returns the name in the detector file. */
    public String label() {
        return label;
    }
}
