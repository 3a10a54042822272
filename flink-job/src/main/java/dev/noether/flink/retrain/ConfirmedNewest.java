package dev.noether.flink.retrain;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The newest event time of many entities that a quarter of them confirm: times that are further ahead by more than
 * {@value #SLACK_MILLIS} ms are those of a wrong clock. With one or two entities it is the newest time.
 *
 * <p>A time to which the clock of an entity jumps does not count if {@value #ROWS_BEHIND} rows with rising times follow
 * that lie between the times before and after the jump: the clock was wrong for a while. Older rows that are sent late
 * change nothing. Not thread safe.
 */
final class ConfirmedNewest {
    private static final long SLACK_MILLIS = 600_000;
    private static final int ROWS_BEHIND = 3;

    private final Map<String, Clock> clocks = new HashMap<>();

    /** The newest time of an entity, the time before it jumped there, and the rows that came in between since. */
    private static final class Clock {
        private static final long NO_JUMP = Long.MAX_VALUE;

        private long newest;
        private long beforeJump = NO_JUMP;
        private int rowsAfterJump;
        private long last;
        private int behind;

        Clock(long first) {
            newest = first;
        }

        void add(long time) {
            if (time >= newest - SLACK_MILLIS) {
                addNewer(time);
            } else if (time > beforeJump) {
                behind = behind > 0 && time > last ? behind + 1 : 1;
                last = time;
                if (behind == ROWS_BEHIND) {
                    newest = time;
                    beforeJump = NO_JUMP;
                    behind = 0;
                }
            }
        }

        private void addNewer(long time) {
            behind = 0;
            rowsAfterJump++;
            // A second jump soon after the first belongs to the same wrong clock.
            if (time > newest + SLACK_MILLIS && (beforeJump == NO_JUMP || rowsAfterJump > ROWS_BEHIND)) {
                beforeJump = newest;
                rowsAfterJump = 0;
            }
            newest = Math.max(newest, time);
        }
    }

    /** Adds a row; the rows of an entity come in the order of their partition. */
    void add(String entity, long time) {
        clocks.computeIfAbsent(entity, name -> new Clock(time)).add(time);
    }

    /** Returns the newest time; empty without an observation. */
    OptionalLong time() {
        if (clocks.isEmpty()) {
            return OptionalLong.empty();
        }
        long[] times = clocks.values().stream().mapToLong(clock -> clock.newest).toArray();
        Arrays.sort(times);
        int confirming = times.length < 3 ? 1 : 1 + Math.max(1, times.length / 4);
        long limit = times[times.length - confirming] + SLACK_MILLIS;
        return Arrays.stream(times).filter(time -> time <= limit).max();
    }
}
