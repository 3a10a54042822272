package dev.noether.cli.stack;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * What a job does at the moment.
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

    /** Returns the status of a scoring job in words; empty if the job runs and never failed. */
    public String text() {
        return text("the scoring job", "NOT SCORING");
    }

    /**
     * Returns the status in words; empty if the job runs and never failed.
     *
     * @param noun what the job is
     * @param absence what does not happen while it restarts
     */
    public String text(String noun, String absence) {
        if (lastFailureTime == 0) {
            return isRunning ? "" : noun + " starts";
        }
        String reason = lastFailure.length() <= LONGEST_REASON ? lastFailure : lastFailure.substring(0, LONGEST_REASON);
        String failures = "restarts " + restarts + ", the last at " + TIME.format(Instant.ofEpochMilli(lastFailureTime))
                + ": " + reason;
        return isRunning ? failures : absence + ", the job restarts; " + failures;
    }
}
