package dev.noether.model.schedule;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Locale;

/** Says when a job recurs. */
final class JobWords {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long WEEK = 7 * DAY;

    private JobWords() {}

    /** For example "every day 02:00 to 02:20", "every hour at minute 30, for 5 minutes". */
    static String of(RecurringJob job, PhaseGrid grid, long gridMillis) {
        long period = grid.periodMillis();
        long from = Math.floorMod(Math.round((double) job.from() * period / grid.bins()), period);
        long lasts = Math.round((double) (job.to() - job.from() + 1) * period / grid.bins());
        if (period == WEEK) {
            // The first day of 1970 was a Thursday.
            DayOfWeek day = DayOfWeek.THURSDAY.plus(from / DAY);
            return "every " + day.getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " " + clock(from) + " to "
                    + clock(from + lasts);
        }
        if (period == DAY) {
            return "every day " + clock(from) + " to " + clock(from + lasts);
        }
        String every = period == HOUR
                ? "every hour"
                : period % HOUR == 0 ? "every " + period / HOUR + " hours" : "every " + period / MINUTE + " minutes";
        return every + " from " + clock(from) + " for " + minutes(Math.max(lasts, gridMillis));
    }

    /**
     * For example "02:00".
     *
     * @param millis local time, at least 0
     */
    static String clock(long millis) {
        return String.format(Locale.ROOT, "%02d:%02d", millis % DAY / HOUR, millis % HOUR / MINUTE);
    }

    private static String minutes(long millis) {
        long minutes = Math.max(1, Math.round((double) millis / MINUTE));
        return minutes == 1 ? "1 minute" : minutes + " minutes";
    }
}
