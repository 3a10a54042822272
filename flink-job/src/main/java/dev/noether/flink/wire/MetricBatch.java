package dev.noether.flink.wire;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * Values of metrics that one record has of one entity, with their times, series and features.
 *
 * <p>Immutable by convention: no code writes to the array after the batch is made. Thread safe.
 */
public final class MetricBatch implements MetricResult {
    /** Numbers of a value in the array: time, series, feature and kind, value. */
    public static final int STRIDE = 4;

    private static final int SERIES = 1;
    private static final int CODE = 2;
    private static final int VALUE = 3;

    private final String entity;
    private final long partition;
    private final long reached;
    private final long advancedTo;
    private final long[] numbers;

    /**
     * Makes a batch.
     *
     * @param entity name of the entity
     * @param partition number that stands for the partition that the record is from
     * @param reached event time that the partition had reached before this record, milliseconds; {@link Long#MIN_VALUE} if
     *     it is not known yet
     * @param advancedTo the same after these values
     * @param numbers {@code [values × 4]}, as {@link #write} writes them; not copied
     */
    public MetricBatch(String entity, long partition, long reached, long advancedTo, long[] numbers) {
        if (numbers.length % STRIDE != 0) {
            throw new IllegalArgumentException(
                    "`numbers` must have " + STRIDE + " numbers for each value (got " + numbers.length + ")");
        }
        this.entity = requireNonNull(entity, "entity");
        this.partition = partition;
        this.reached = reached;
        this.advancedTo = advancedTo;
        this.numbers = numbers;
    }

    /**
     * Writes a value into an array of numbers.
     *
     * @param numbers the array
     * @param at position of the value, counted in values
     * @param feature position among the features
     * @param isIncrease whether the value is a change since the one before
     */
    public static void write(
            long[] numbers, int at, long time, long series, int feature, boolean isIncrease, double value) {
        int first = STRIDE * at;
        numbers[first] = time;
        numbers[first + SERIES] = series;
        numbers[first + CODE] = 2L * feature + (isIncrease ? 1 : 0);
        numbers[first + VALUE] = Double.doubleToRawLongBits(value);
    }

    /** Name of the entity. */
    public String entity() {
        return entity;
    }

    /** Number that stands for the partition that the record is from. */
    public long partition() {
        return partition;
    }

    /**
     * Event time that the partition had reached before the record, milliseconds; {@link Long#MIN_VALUE} if it is not known
     * yet.
     */
    public long reached() {
        return reached;
    }

    /** Event time that the partition has reached with these values. */
    public long advancedTo() {
        return advancedTo;
    }

    /** Number of values. */
    public int size() {
        return numbers.length / STRIDE;
    }

    /** Time of a value, milliseconds since 1970 UTC. */
    public long time(int at) {
        return numbers[STRIDE * at];
    }

    /** Hash of the labels of a value. */
    public long series(int at) {
        return numbers[STRIDE * at + SERIES];
    }

    /** Position of a value's feature among the features. */
    public int feature(int at) {
        return (int) (numbers[STRIDE * at + CODE] >> 1);
    }

    /** Whether a value is a change since the one before. */
    public boolean isIncrease(int at) {
        return (numbers[STRIDE * at + CODE] & 1) != 0;
    }

    /** A value. */
    public double value(int at) {
        return Double.longBitsToDouble(numbers[STRIDE * at + VALUE]);
    }

    /** The array itself, for the serializer. */
    long[] numbers() {
        return numbers;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MetricBatch that
                && entity.equals(that.entity)
                && partition == that.partition
                && reached == that.reached
                && advancedTo == that.advancedTo
                && Arrays.equals(numbers, that.numbers);
    }

    @Override
    public int hashCode() {
        return 31 * entity.hashCode() + Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        return "MetricBatch[" + entity + ", " + size() + " values, reached " + reached + "]";
    }
}
