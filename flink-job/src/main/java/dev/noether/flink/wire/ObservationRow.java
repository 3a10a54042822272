package dev.noether.flink.wire;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A valid observation: entity, event time, values in the order of the feature schema, and its position in Kafka, which
 * identifies it.
 *
 * <p>Immutable by convention: {@link #values()} is not copied, and no code writes to it. So rows are stored and passed
 * on without copies. Thread safe.
 */
@TypeInfo(ObservationRowTypeFactory.class)
public final class ObservationRow implements IngestResult {
    private final String entity;
    private final long eventTime;
    private final int partition;
    private final long offset;
    private final double[] values;

    /**
     * Makes a row.
     *
     * @param entity name of the entity
     * @param eventTime time of the measurement, milliseconds since 1970 UTC
     * @param partition Kafka partition of the record
     * @param offset Kafka offset of the record
     * @param values {@code [features]}, finite, or NaN if missing; not copied
     */
    public ObservationRow(String entity, long eventTime, int partition, long offset, double[] values) {
        this.entity = requireNonNull(entity, "entity");
        this.eventTime = eventTime;
        this.partition = partition;
        this.offset = offset;
        this.values = requireNonNull(values, "values");
    }

    /**
     * Makes a row of values in single precision.
     *
     * @param values {@code [features]}, finite, or NaN if missing
     */
    public ObservationRow(String entity, long eventTime, int partition, long offset, float[] values) {
        this(entity, eventTime, partition, offset, doubles(values));
    }

    private static double[] doubles(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    /** Returns the name of the entity. */
    public String entity() {
        return entity;
    }

    /** Returns the time of the measurement, milliseconds since 1970 UTC. */
    public long eventTime() {
        return eventTime;
    }

    /** Returns the Kafka partition of the record. */
    public int partition() {
        return partition;
    }

    /** Returns the Kafka offset of the record. */
    public long offset() {
        return offset;
    }

    /** Returns the values in the order of the feature schema, {@code [features]}. Not a copy: do not write to it. */
    public double[] values() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObservationRow that
                && entity.equals(that.entity)
                && eventTime == that.eventTime
                && partition == that.partition
                && offset == that.offset
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * entity.hashCode() + Long.hashCode(offset)) + partition;
    }

    @Override
    public String toString() {
        return "ObservationRow[" + entity + " at " + eventTime + ", " + partition + ":" + offset + ", "
                + Arrays.toString(values) + "]";
    }
}
