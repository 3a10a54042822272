package dev.noether.model.gate;

import dev.noether.model.gate.HeldOutRows.Segment;
import dev.noether.model.numeric.IncompleteBeta;

/**
 * Episodes of alarms: alarms of one entity with at most {@value #LONGEST_PAUSE} rows between them are one. Alarms come
 * in bursts, so rows are no independent events, and episodes nearly are.
 *
 * @param count number of episodes
 * @param alone number of episodes in which the other model raised no alarm
 */
record AlarmEpisodes(int count, int alone) {
    /** The pause after which an alarm threshold takes a burst for ended. */
    static final int LONGEST_PAUSE = 10;

    /**
     * Counts episodes.
     *
     * @param other alarms of the other model; all false if there is none
     */
    static AlarmEpisodes of(HeldOutRows rows, boolean[] alarms, boolean[] other) {
        int count = 0;
        int alone = 0;
        for (Segment segment : rows.segments()) {
            int end = segment.first() + segment.count();
            for (int i = segment.first(); i < end; i++) {
                if (alarms[i]) {
                    int last = lastOf(alarms, i, end);
                    int from = Math.max(segment.first(), i - LONGEST_PAUSE);
                    count++;
                    alone += isAny(other, from, Math.min(end, last + LONGEST_PAUSE + 1)) ? 0 : 1;
                    i = last;
                }
            }
        }
        return new AlarmEpisodes(count, alone);
    }

    private static int lastOf(boolean[] alarms, int first, int end) {
        int last = first;
        for (int i = first + 1; i < end && i - last <= LONGEST_PAUSE; i++) {
            last = alarms[i] ? i : last;
        }
        return last;
    }

    private static boolean isAny(boolean[] flags, int from, int to) {
        for (int i = from; i < to; i++) {
            if (flags[i]) {
                return true;
            }
        }
        return false;
    }

    /** The smallest true share of episodes among rows that these episodes leave possible (Clopper and Pearson 1934). */
    double leastRate(int rows, double confidence) {
        return count == 0 ? 0 : IncompleteBeta.quantile(1 - confidence, count, rows - count + 1.0);
    }

    /** Whether these episodes are more often alone than those of another model, by a one-sided sign test. */
    boolean isMoreOftenAlone(AlarmEpisodes other, double confidence) {
        int both = alone + other.alone;
        return alone > 0 && IncompleteBeta.quantile(1 - confidence, alone, both - alone + 1.0) > 0.5;
    }
}
