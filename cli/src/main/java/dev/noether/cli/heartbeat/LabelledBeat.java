package dev.noether.cli.heartbeat;

/**
 * A beat with a fault: the ground truth for detection. Immutable.
 *
 * @param entity index of the heart
 * @param kind kind of the fault
 * @param beat number of the beat; beat 0 of a heart is its first
 * @param start first row at which the signal may differ from one without the fault
 * @param end first row after it
 */
public record LabelledBeat(int entity, BeatFault kind, long beat, long start, long end) {
    /** Whether the row lies in [start, end). */
    public boolean covers(long row) {
        return row >= start && row < end;
    }
}
