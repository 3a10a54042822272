package dev.noether.model.schedule;

import org.jspecify.annotations.Nullable;

/**
 * Finds the job behind an anomalous row: one that should be running now and whose amount is missing, or one that should
 * just have ended and whose amount is still there. Reads the schedule alone, so an entity has no state for it.
 *
 * <p>Not thread safe. To be called for rows that are reported; allocates its result.
 */
public final class MismatchSearch {
    /** A deviation of this part of the usual amount is that of the job. */
    private static final double LEAST_PART = 0.3;

    /** Bins by which each edge of a job reaches farther, to both sides, than in the history, at least. */
    private static final int EDGE = 1;

    /** A job that should have ended so many bins ago, or half its length ago, may still be the cause. */
    private static final int LEAST_REACH = 3;

    private static final long DAY = 24 * 3_600_000L;

    private final Schedule schedule;
    private final LocalClock clock;

    /** Makes a search. */
    public MismatchSearch(Schedule schedule) {
        this.schedule = schedule;
        this.clock = new LocalClock(Schedule.requireZone(schedule.zone()));
    }

    /**
     * Searches.
     *
     * @param time event time of the row
     * @param feature the feature that deviates most
     * @param deviation observed less expected value, in the feature's own unit
     * @return the job; null if none explains the deviation
     */
    public @Nullable ScheduleMismatch find(String entity, long time, int feature, double deviation) {
        SchedulePage page = schedule.page(entity);
        if (page == null) {
            return null;
        }
        for (ScheduleLayer layer : page.layers()) {
            ScheduleMismatch found = find(new Job(layer, feature), time, deviation);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable ScheduleMismatch find(Job job, long time, double deviation) {
        long local = clock.local(time);
        int bin = job.layer.binAt(local);
        int entry = job.entry(bin);
        if (entry >= 0 && job.isCertain(entry)) {
            // A job that comes always: its amount is missing.
            return job.isAmount(bin, -deviation) ? mismatch(job, bin, true, time, local) : null;
        }
        int reach = 0;
        while (entry < 0 && reach < job.layer.bins() / 2) {
            reach++;
            entry = job.entry(bin - reach);
        }
        if (entry < 0) {
            return null;
        }
        int last = bin - reach;
        boolean isNear = reach <= Math.max(LEAST_REACH, job.length(last) / 2);
        return isNear && job.isAmount(last, deviation) ? mismatch(job, last, false, time, local) : null;
    }

    private ScheduleMismatch mismatch(Job job, int within, boolean isAbsent, long time, long local) {
        ScheduleLayer layer = job.layer;
        int first = job.usualFirst(within);
        long length = layer.periodMillis() / layer.bins();
        int bin = layer.binAt(local);
        // Bins count backwards from the one of the row, so that a job may begin before midnight.
        long begin = Math.floorDiv(local, length) * length - (bin - first) * length;
        return new ScheduleMismatch(
                job.feature,
                isAbsent,
                JobWords.clock(Math.floorMod(begin, DAY)),
                time - (local - begin),
                job.shortest(within) * length,
                job.longest(within) * length);
    }

    /** The entries of one feature in a layer; bins may be negative and mean those of the period before. */
    private static final class Job {
        private final ScheduleLayer layer;
        private final int feature;
        private final int[] firstEntries;

        Job(ScheduleLayer layer, int feature) {
            this.layer = layer;
            this.feature = feature;
            this.firstEntries = layer.firstEntries();
        }

        /** The entry of a bin; −1 if it has none. */
        int entry(int bin) {
            int in = Math.floorMod(bin, layer.bins());
            for (int entry = firstEntries[in]; entry < firstEntries[in + 1]; entry++) {
                if (layer.feature()[entry] == feature) {
                    return entry;
                }
            }
            return -1;
        }

        boolean isCertain(int entry) {
            return layer.low()[entry] > 0 || layer.high()[entry] < 0;
        }

        /** First bin of the job that a bin belongs to. */
        private int first(int bin) {
            int first = bin;
            while (bin - first < layer.bins() - 1 && entry(first - 1) >= 0) {
                first--;
            }
            return first;
        }

        private int last(int bin) {
            int last = bin;
            while (last - bin < layer.bins() - 1 && entry(last + 1) >= 0) {
                last++;
            }
            return last;
        }

        int length(int bin) {
            return Math.min(layer.bins(), last(bin) - first(bin) + 1);
        }

        /** The middle between the first bin at which the job may run and the first at which it always ran. */
        int usualFirst(int bin) {
            int first = first(bin);
            int last = last(bin);
            int certain = first;
            while (certain < last && !isCertain(entry(certain))) {
                certain++;
            }
            return isCertain(entry(certain)) ? (first + certain) >> 1 : first + EDGE;
        }

        /** The fewest bins that the job lasts: those at which it always ran, and the edges' margins. */
        int shortest(int bin) {
            int count = 0;
            int last = last(bin);
            for (int b = first(bin); b <= last; b++) {
                count += isCertain(entry(b)) ? 1 : 0;
            }
            return Math.min(longest(bin), count + 2 * EDGE);
        }

        /** The most bins that the job lasts: those at which it may run, less the edges' margins. */
        int longest(int bin) {
            return Math.max(1, length(bin) - 2 * EDGE);
        }

        /** Whether a deviation has the sign of the job's largest amount, and a good part of its size. */
        boolean isAmount(int bin, double deviation) {
            double amount = 0;
            int last = last(bin);
            for (int b = first(bin); b <= last; b++) {
                int entry = entry(b);
                double middle = ((double) layer.usualLow()[entry] + layer.usualHigh()[entry]) / 2;
                amount = Math.abs(middle) > Math.abs(amount) ? middle : amount;
            }
            return amount != 0 && deviation / amount >= LEAST_PART;
        }
    }
}
