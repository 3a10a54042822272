package dev.noether.model.schedule;

/**
 * The rows of one entity, from which a schedule is learned.
 *
 * @param entity name of the entity
 * @param times event times, ascending, milliseconds since 1970 UTC
 * @param rows row-major {@code [times.length, features]}, raw values, finite
 */
public record ScheduleSeries(String entity, long[] times, float[] rows) {
    /** The number of rows. */
    public int count() {
        return times.length;
    }
}
