package dev.noether.incident.tracker;

/**
 * When the whole source paused: the time that no entity may be blamed for. Sees the newest event time of all entities; a
 * jump far beyond their common rhythm is a pause of the source.
 *
 * <p>With few entities, the silence of one looks like a pause of the source: then there are no pauses. Remembers the newest
 * pause only. Not thread safe; {@link #observe} allocates nothing.
 */
final class SourceRhythm {
    /** Fewer entities cannot tell a pause from their own silence. */
    static final int LEAST_ENTITIES = 8;

    /** Smaller steps are one burst. */
    private static final long STEP_MILLIS = 1_000;

    private final long shortestPause;
    private final Rhythm rhythm = new Rhythm();
    private long newest = Rhythm.NEVER;
    private long pauseStart = Rhythm.NEVER;
    private long pauseEnd = Rhythm.NEVER;

    /** Makes one that takes no jump of less than so many milliseconds for a pause. */
    SourceRhythm(long shortestPause) {
        this.shortestPause = shortestPause;
    }

    /** The newest event time of all. */
    long newest() {
        return newest;
    }

    /** Sees a report of any entity. */
    void observe(long time, int entities) {
        if (time <= newest) {
            return;
        }
        long from = newest;
        newest = time;
        if (from == Rhythm.NEVER) {
            rhythm.observe(time, Long.MAX_VALUE);
        } else if (time - rhythm.newest() >= STEP_MILLIS) {
            long limit = Math.max(shortestPause, rhythm.limit());
            if (entities >= LEAST_ENTITIES && rhythm.isKnown() && time - from > limit) {
                pauseStart = from;
                pauseEnd = time;
            }
            rhythm.observe(time, Math.max(limit, shortestPause));
        }
    }

    /** When something that was last seen then is overdue, if it was so without regard to pauses. */
    long postponed(long lastSeen, long overdue) {
        boolean paused = lastSeen <= pauseStart && overdue > pauseStart;
        return paused ? overdue + (pauseEnd - pauseStart) : overdue;
    }
}
