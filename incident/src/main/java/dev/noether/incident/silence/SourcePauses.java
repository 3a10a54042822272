package dev.noether.incident.silence;

/**
 * Detects pauses of the whole source, during which no single entity counts as silent. Follows the newest event time of
 * all entities; a jump far beyond their common rhythm is a pause.
 *
 * <p>With few entities the silence of one looks like a pause of the source, so no pause is detected then. Stores the
 * newest pause only. Not thread safe; {@link #observe} allocates nothing.
 */
final class SourcePauses {
    /** With fewer entities, a pause of the source cannot be distinguished from the silence of one of them. */
    static final int MIN_ENTITIES = 8;

    /** Reports within this time belong to one burst, milliseconds. */
    private static final long STEP_MILLIS = 1_000;

    private final long shortestPauseMillis;
    private final ReportingRhythm rhythm = new ReportingRhythm();
    private long newest = ReportingRhythm.NEVER;
    private long pauseStart = ReportingRhythm.NEVER;
    private long pauseEnd = ReportingRhythm.NEVER;

    SourcePauses(long shortestPauseMillis) {
        this.shortestPauseMillis = shortestPauseMillis;
    }

    /** Returns the newest event time of all entities. */
    long newest() {
        return newest;
    }

    /** Adds a report of any entity. */
    void observe(long time, int entities) {
        if (time <= newest) {
            return;
        }
        long previous = newest;
        newest = time;
        if (previous == ReportingRhythm.NEVER) {
            rhythm.observe(time, Long.MAX_VALUE);
        } else if (time - rhythm.newest() >= STEP_MILLIS) {
            long limit = Math.max(shortestPauseMillis, rhythm.gapLimitMillis());
            if (entities >= MIN_ENTITIES && rhythm.isKnown() && time - previous > limit) {
                pauseStart = previous;
                pauseEnd = time;
            }
            rhythm.observe(time, limit);
        }
    }

    /**
     * Postpones a deadline by the length of a pause that began before it.
     *
     * @param lastReport event time of the entity's newest report
     * @param deadline the deadline without regard to pauses
     */
    long postpone(long lastReport, long deadline) {
        boolean isPaused = lastReport <= pauseStart && deadline > pauseStart;
        return isPaused ? deadline + (pauseEnd - pauseStart) : deadline;
    }
}
