package dev.noether.cli.size;

/**
 * A format of the observations, with what it costs beside Noether's own. Measured with 38 features: docs/speed.md,
 * "Other formats".
 */
public enum SourceFormat {
    /** Noether's own records. */
    NOETHER(1, 187),
    /** Avro with a schema registry, values as doubles. */
    CONFLUENT_AVRO(.678, 322),
    /** JSON, flat. */
    JSON(.306, 673);

    private static final double FEATURES_MEASURED = 38;

    private final double share;
    private final double recordBytes;

    SourceFormat(double share, double recordBytes) {
        this.share = share;
        this.recordBytes = recordBytes;
    }

    /** Records that a core reads and scores, as a share of Noether's own records. */
    double share() {
        return share;
    }

    /** Bytes of a record, in proportion to the features. */
    double recordBytes(int features) {
        return recordBytes * features / FEATURES_MEASURED;
    }
}
