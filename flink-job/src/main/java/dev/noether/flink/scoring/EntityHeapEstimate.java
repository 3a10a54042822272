package dev.noether.flink.scoring;

import dev.noether.incident.tracker.EntityTrack;
import dev.noether.model.alarm.AlarmState;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.feature.WindowBuffer;
import java.util.Locale;

/**
 * An estimate of the heap that the states of the entities need with Flink's heap backend (64 bit, compressed
 * references). It adds up the fields of the state in the scoring operator and of the state in the incident operator.
 * The values of a shape view are not in it: they depend on the period that a model finds. While a checkpoint is written,
 * changed states need their memory twice.
 *
 * @param bytesOfEach bytes of one entity with a name of 32 letters
 */
public record EntityHeapEstimate(long bytesOfEach) {
    /** The object {@link EntityState}: header, references and versions. */
    private static final int STATE_BYTES = 72;

    /** The entry in the backend's table: entry, slot, and the name with its array. */
    private static final int ENTRY_BYTES = 40 + 8 + 24 + 16 + 32;

    /** The state in the incident operator while no incident is open, with its entry in a table of its own. */
    private static final int INCIDENT_BYTES = ENTRY_BYTES + EntityTrack.MEMORY_BYTES;

    private static final double MEBIBYTE = 1 << 20;

    /** Returns the estimate for a detector. */
    public static EntityHeapEstimate of(ScoringOptions options) {
        int features = options.window().featureCount();
        return new EntityHeapEstimate(STATE_BYTES
                + ENTRY_BYTES
                + WindowBuffer.memoryBytes(options.window().contextRows(), options.slack(), features)
                + EntityBaseline.memoryBytes(options.window().hasForecast() ? 2 : 1, features)
                + AlarmState.MEMORY_BYTES
                + INCIDENT_BYTES);
    }

    /** Returns the bytes of a number of entities. */
    public long bytes(long entities) {
        return Math.multiplyExact(bytesOfEach, entities);
    }

    /** Returns the estimate as text, such as "at most 1000 entities of about 2500 bytes, 2.4 MiB together". */
    public String message(long entities) {
        return String.format(
                Locale.ROOT,
                "at most %d entities of about %d bytes, %.1f MiB together",
                entities,
                bytesOfEach,
                bytes(entities) / MEBIBYTE);
    }
}
