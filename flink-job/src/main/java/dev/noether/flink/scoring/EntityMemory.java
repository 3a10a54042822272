package dev.noether.flink.scoring;

import dev.noether.incident.tracker.EntityTrack;
import dev.noether.model.alarm.AlarmState;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.feature.WindowBuffer;
import java.util.Locale;

/**
 * What entities take in memory where their states are kept as objects (Flink's heap backend, 64 bit, compressed references):
 * an estimate by adding up fields, for planning before the start. Beside it, while a checkpoint is written, what changes
 * meanwhile is held twice.
 *
 * @param bytesOfEach entity with a name of 32 letters
 */
public record EntityMemory(long bytesOfEach) {
    /** The state object itself: header, four references, a version. */
    private static final int STATE_BYTES = 40;

    /** In the backend's table: an entry and its slot, the name's object and its array. */
    private static final int ENTRY_BYTES = 40 + 8 + 24 + 16 + 32;

    /** What is followed of its incidents while none is open: a table of its own, and the state in it. */
    private static final int INCIDENT_BYTES = ENTRY_BYTES + EntityTrack.MEMORY_BYTES;

    private static final double MEBIBYTE = 1 << 20;

    /** The estimate for a detector. */
    public static EntityMemory of(ScoringOptions options) {
        int features = options.featureNames().size();
        return new EntityMemory(STATE_BYTES
                + ENTRY_BYTES
                + WindowBuffer.memoryBytes(options.contextRows(), options.slack(), features)
                + EntityBaseline.memoryBytes(options.forecasts() ? 2 : 1, features)
                + AlarmState.MEMORY_BYTES
                + INCIDENT_BYTES);
    }

    /** What so many entities take together, in bytes. */
    public long bytes(long entities) {
        return Math.multiplyExact(bytesOfEach, entities);
    }

    /** The estimate in words, such as "at most 1000 entities of about 2500 bytes, 2.4 MiB together". */
    public String message(long entities) {
        return String.format(
                Locale.ROOT,
                "at most %d entities of about %d bytes, %.1f MiB together",
                entities,
                bytesOfEach,
                bytes(entities) / MEBIBYTE);
    }
}
