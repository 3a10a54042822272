package dev.noether.flink.incident;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Reports whether a subtask receives scores, measured in processing time. Two checks in a row without a score are a
 * stall. Not thread safe; {@link #scoreReceived} allocates nothing unless the flow starts.
 */
final class FlowMonitor {
    private final ProcessingTimeService time;
    private final long checkIntervalMillis;
    private final int subtask;
    private final int subtasks;
    private final LongSupplier newestEventTime;
    private final Consumer<IncidentSignal> out;
    private long scores;
    private long scoresAtLastCheck;
    private int quietChecks;
    private boolean isFlowing;

    /**
     * Makes a monitor.
     *
     * @param time service of the processing time
     * @param stallAfterMillis time without a score after which the flow is stalled, milliseconds
     * @param subtask index of the subtask
     * @param subtasks number of subtasks
     * @param newestEventTime newest event time that the subtask received
     * @param out receiver of the flow states
     */
    FlowMonitor(
            ProcessingTimeService time,
            long stallAfterMillis,
            int subtask,
            int subtasks,
            LongSupplier newestEventTime,
            Consumer<IncidentSignal> out) {
        this.time = time;
        this.checkIntervalMillis = Math.max(1, stallAfterMillis / 2);
        this.subtask = subtask;
        this.subtasks = subtasks;
        this.newestEventTime = newestEventTime;
        this.out = out;
    }

    /** Schedules the next check. */
    void start() {
        time.registerTimer(time.getCurrentProcessingTime() + checkIntervalMillis, fired -> check());
    }

    /** Counts a score and reports that scores flow if they did not before. */
    void scoreReceived(long eventTime) {
        scores++;
        if (!isFlowing) {
            isFlowing = true;
            report(false, eventTime);
        }
    }

    private void check() {
        quietChecks = scores == scoresAtLastCheck ? quietChecks + 1 : 0;
        scoresAtLastCheck = scores;
        if (quietChecks >= 2) {
            isFlowing = false;
            // Reported at each check, because the receiver may have restarted.
            report(true, newestEventTime.getAsLong());
        }
        start();
    }

    private void report(boolean isStalled, long newest) {
        out.accept(new IncidentSignal.FlowState(subtask, subtasks, isStalled, newest));
    }
}
