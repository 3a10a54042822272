package dev.noether.incident.tracker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * Tells when nothing comes from the source any more: every subtask says whether it still gets scores, and only when none does
 * is it a stall, one for all. Not thread safe.
 */
public final class StallWatch {
    private final String detector;
    private final Consumer<IncidentReport> out;
    private final BitSet stalled = new BitSet();
    private boolean isOpen;
    private long start = Long.MIN_VALUE;

    /**
     * Makes one.
     *
     * @param detector the detector's name
     * @param out takes what is said
     */
    public StallWatch(String detector, Consumer<IncidentReport> out) {
        this.detector = detector;
        this.out = out;
    }

    /** Whether a stall is open. */
    public boolean isOpen() {
        return isOpen;
    }

    /**
     * Takes in what a subtask says.
     *
     * @param subtask its number
     * @param subtasks how many there are
     * @param isStalled whether it gets nothing any more
     * @param newest the newest event time that it has seen; {@link Long#MIN_VALUE} for none
     */
    public void accept(int subtask, int subtasks, boolean isStalled, long newest) {
        stalled.set(subtask, isStalled);
        if (!isOpen) {
            start = Math.max(start, newest);
        }
        if (isStalled && !isOpen && start != Long.MIN_VALUE && stalled.nextClearBit(0) >= subtasks) {
            isOpen = true;
            say(IncidentState.OPENED, start, Sentences.stall(start));
        } else if (!isStalled && isOpen) {
            isOpen = false;
            long end = Math.max(start, newest);
            say(IncidentState.RESOLVED, end, Sentences.stallOver(end - start));
            start = end;
        }
    }

    private void say(IncidentState state, long end, String description) {
        out.accept(SimpleReports.of(detector, IncidentKind.STALL, "", state, start, end, end, description, null));
    }

    /** Writes its state. Who is stalled is not part of it: after a restart the subtasks say it again. */
    public void write(DataOutput target) throws IOException {
        target.writeBoolean(isOpen);
        target.writeLong(start);
    }

    /** Reads what {@link #write} wrote. */
    public void read(DataInput source) throws IOException {
        isOpen = source.readBoolean();
        start = source.readLong();
    }
}
