package dev.noether.flink.wire;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * An observation as the operators see it: values by position, and where it lay in Kafka, which is its identity.
 *
 * <p>Immutable by agreement: {@link #values()} is not copied, and nobody writes to it. So a row may be kept and passed on
 * without copying.
 */
@TypeInfo(ObservationRowTypeFactory.class)
public final class ObservationRow {
    private final String entity;
    private final long eventTime;
    private final int partition;
    private final long offset;
    private final float[] values;

    /**
     * Makes a row.
     *
     * @param entity who reported
     * @param eventTime when it was measured, milliseconds since 1970 UTC
     * @param partition where it lay
     * @param offset where it lay
     * @param values finite, in the order of the feature schema; not copied
     */
    public ObservationRow(String entity, long eventTime, int partition, long offset, float[] values) {
        this.entity = requireNonNull(entity, "entity");
        this.eventTime = eventTime;
        this.partition = partition;
        this.offset = offset;
        this.values = requireNonNull(values, "values");
    }

    /** Who reported. */
    public String entity() {
        return entity;
    }

    /** When it was measured, milliseconds since 1970 UTC. */
    public long eventTime() {
        return eventTime;
    }

    /** The partition where it lay. */
    public int partition() {
        return partition;
    }

    /** The offset where it lay. */
    public long offset() {
        return offset;
    }

    /** The values in the order of the feature schema; not a copy, not to be written to. */
    public float[] values() {
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
