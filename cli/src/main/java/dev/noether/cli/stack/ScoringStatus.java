package dev.noether.cli.stack;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * What the scoring job does at the moment.
 *
 * @param isRunning whether all of its tasks run
 * @param restarts number of restarts since the job was submitted
 * @param lastFailure reason of the last restart; empty if there was none
 * @param lastFailureTime time of the last failure, milliseconds since 1970 UTC; 0 if there was none
 */
public record ScoringStatus(boolean isRunning, long restarts, String lastFailure, long lastFailureTime) {
    static final ScoringStatus STARTS = new ScoringStatus(false, 0, "", 0);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final int LONGEST_REASON = 300;

    /** Returns the status in words; empty if the job runs and never failed. */
    public String text() {
        if (lastFailureTime == 0) {
            return isRunning ? "" : "the scoring job starts";
        }
        String reason = lastFailure.length() <= LONGEST_REASON ? lastFailure : lastFailure.substring(0, LONGEST_REASON);
        String failures = "restarts " + restarts + ", the last at " + TIME.format(Instant.ofEpochMilli(lastFailureTime))
                + ": " + reason;
        return isRunning ? failures : "NOT SCORING, the job restarts; " + failures;
    }
}
