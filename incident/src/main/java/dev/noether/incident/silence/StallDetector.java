package dev.noether.incident.silence;

import dev.noether.incident.report.IncidentId;
import dev.noether.incident.report.UnscoredIncident;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * Detects that no scores arrive at all. Each subtask reports whether it still receives scores; when none does, one
 * stall incident opens for the whole detector. Not thread safe.
 */
public final class StallDetector {
    private static final long LONGEST_LEAD_MILLIS = 600_000;

    private final String detector;
    private final Consumer<Incident> out;
    private final BitSet stalledSubtasks = new BitSet();
    private boolean isOpen;
    private long start = Long.MIN_VALUE;

    /**
     * Makes a detector of stalls.
     *
     * @param detector the detector's name
     * @param out receiver of the reports
     */
    public StallDetector(String detector, Consumer<Incident> out) {
        this.detector = detector;
        this.out = out;
    }

    /** Returns whether a stall is open. */
    public boolean isOpen() {
        return isOpen;
    }

    /** Returns whether a subtask has reported that it receives no scores. */
    public boolean isStalled(int subtask) {
        return stalledSubtasks.get(subtask);
    }

    /**
     * Adds the flow state of a subtask.
     *
     * @param subtask index of the subtask
     * @param subtasks number of subtasks
     * @param isStalled whether the subtask receives no scores
     * @param newest newest event time that the subtask received; {@link Long#MIN_VALUE} if it received nothing
     */
    public void accept(int subtask, int subtasks, boolean isStalled, long newest) {
        stalledSubtasks.set(subtask, isStalled);
        if (!isOpen && newest != Long.MIN_VALUE) {
            // A start that is far ahead was reported by a wrong clock, before the newest time was confirmed.
            start = start > newest && start - LONGEST_LEAD_MILLIS > newest ? newest : Math.max(start, newest);
        }
        if (isStalled && !isOpen && start != Long.MIN_VALUE && stalledSubtasks.nextClearBit(0) >= subtasks) {
            isOpen = true;
            report(IncidentState.OPENED, start, SilenceSentences.stalled(start));
        } else if (!isStalled && isOpen) {
            isOpen = false;
            long end = Math.max(start, newest);
            report(IncidentState.RESOLVED, end, SilenceSentences.stallOver(end - start));
            start = end;
        }
    }

    private void report(IncidentState state, long end, String description) {
        out.accept(UnscoredIncident.report(
                IncidentId.identity(detector, IncidentKind.STALL, "", start),
                state,
                new IncidentTimes(start, end, end),
                description,
                null));
    }

    /** Writes the state, without the flow state of the subtasks: they report it again after a restart. */
    public void write(DataOutput target) throws IOException {
        target.writeBoolean(isOpen);
        target.writeLong(start);
    }

    /** Reads the state that {@link #write} wrote. */
    public void read(DataInput source) throws IOException {
        isOpen = source.readBoolean();
        start = source.readLong();
    }
}
