package dev.noether.model.schedule;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Fits the ranges of a recurring job to its repeats.
 *
 * <p>At bins where the job ran at each repeat, the range is around its usual course: as wide as the repeats differ in
 * strength, and as its rows are noisier than other rows. Noise of the usual size is no part of the range; it is left to
 * the score. At bins where the job ran at some repeats only, the range begins at 0. Both kinds of bins reach a little
 * farther than in the history: with n repeats, the next one lies outside of all of them with the probability 2 / (n +
 * 1).
 */
final class JobFit {
    /** By how much a measured widening is enlarged. */
    private static final double MARGIN = 1.15;

    /** One in so many rows is left outside of the range of a job's rows, on each side. */
    private static final int TRIM = 200;

    private static final int BEYOND = 3;

    private final CellSeries series;
    private final PhaseGrid grid;
    private final JobExtents extents;
    private final int feature;
    private final int sign;
    private final int excluded;
    private final double[] strength;
    private double median;
    private int present;
    private int earliest = Integer.MAX_VALUE;
    private int latestStart = Integer.MIN_VALUE;
    private int earliestEnd = Integer.MAX_VALUE;
    private int latest = Integer.MIN_VALUE;
    private int shortest = Integer.MAX_VALUE;
    private int longest;

    private JobFit(CellSeries series, PhaseGrid grid, JobExtents extents, int feature, int sign, int excluded) {
        this.series = series;
        this.grid = grid;
        this.extents = extents;
        this.feature = feature;
        this.sign = sign;
        this.excluded = excluded;
        this.strength = new double[extents.repeats()];
    }

    /**
     * Fits a job.
     *
     * @param sign 1 for a deviation above the level, −1 below
     * @param excluded group of repeats that is left out; −1: none
     * @return null if there are too few repeats
     */
    static @Nullable RecurringJob fit(
            CellSeries series, PhaseGrid grid, JobExtents extents, int feature, int sign, int excluded) {
        JobFit fit = new JobFit(series, grid, extents, feature, sign, excluded);
        fit.measure();
        return fit.present < 2 || !(fit.median > 0) ? null : fit.job();
    }

    /** The median strength of a job in noise, with its sign; 0 if a fifth of the repeats has another sign. */
    static double strength(CellSeries series, PhaseGrid grid, JobExtents extents, int feature) {
        JobFit fit = new JobFit(series, grid, extents, feature, 1, -1);
        fit.measure();
        int same = 0;
        for (int r = 0; r < fit.strength.length; r++) {
            same += extents.isPresent(r) && fit.strength[r] * fit.median > 0 ? 1 : 0;
        }
        double noise = series.noise(feature);
        return fit.present == 0 || same < PhaseSearch.LEAST_SHARE * fit.present || !(noise > 0)
                ? 0
                : fit.median / noise;
    }

    private boolean isUsed(int repeat) {
        return extents.isPresent(repeat) && grid.groupOf(repeat) != excluded && !Double.isNaN(strength[repeat]);
    }

    private void measure() {
        double[] all = new double[strength.length];
        for (int r = 0; r < strength.length; r++) {
            strength[r] = extents.isPresent(r) ? strengthOf(r) : Double.NaN;
            if (isUsed(r)) {
                all[present++] = strength[r];
                earliest = Math.min(earliest, extents.from(r));
                latestStart = Math.max(latestStart, extents.from(r));
                earliestEnd = Math.min(earliestEnd, extents.to(r));
                latest = Math.max(latest, extents.to(r));
                shortest = Math.min(shortest, extents.length(r));
                longest = Math.max(longest, extents.length(r));
            }
        }
        median = Spread.median(all, present);
    }

    /** The median deviation of a repeat, without its first and last bin, which it may have filled in part. */
    private double strengthOf(int repeat) {
        int inner = extents.length(repeat) > 2 ? 1 : 0;
        double[] deviations = new double[extents.length(repeat)];
        int count = 0;
        for (int b = extents.from(repeat) + inner; b <= extents.to(repeat) - inner; b++) {
            double deviation = deviation(repeat, b);
            if (!Double.isNaN(deviation)) {
                deviations[count++] = deviation;
            }
        }
        return Spread.median(deviations, count);
    }

    private double deviation(int repeat, int bin) {
        int cell = grid.cellAt(repeat, bin);
        return cell < 0 ? Double.NaN : sign * (double) series.of(cell, feature);
    }

    private RecurringJob job() {
        boolean isExact = latestStart == earliest && latest == earliestEnd && longest <= 2;
        int early = isExact ? 0 : 1 + beyond(latestStart - earliest);
        int late = isExact ? 0 : 1 + beyond(latest - earliestEnd);
        int first = earliest - early;
        int bins = latest + late - first + 1;
        // Something of the core is left, because only there an absence is seen.
        int inner = Math.max(1, (earliestEnd - latestStart + 1) / 3);
        int coreFrom = latestStart + Math.min(early, inner);
        int coreTo = earliestEnd - Math.min(late, inner);
        double[] course = course(first, bins, coreFrom, coreTo);
        double[] widening = widening(first, course, coreFrom, coreTo);
        double[] factors = factors();
        float[] low = new float[bins];
        float[] high = new float[bins];
        float[] usualLow = new float[bins];
        float[] usualHigh = new float[bins];
        double edge = largest();
        for (int b = coreFrom; b <= coreTo; b++) {
            double middle = course[b - first];
            low[b - first] = (float) Math.max(0, middle * factors[0] + widening[0]);
            high[b - first] = (float) Math.max(low[b - first], middle * factors[1] + widening[1]);
            usualLow[b - first] = between(low[b - first], middle * factors[0], high[b - first]);
            usualHigh[b - first] = between(low[b - first], middle * factors[1], high[b - first]);
            edge = Math.max(edge, high[b - first]);
        }
        for (int i = 0; i < bins; i++) {
            if (first + i < coreFrom || first + i > coreTo) {
                high[i] = (float) edge;
                usualLow[i] = between(0, median * factors[0], high[i]);
                usualHigh[i] = between(0, median * factors[1], high[i]);
            }
        }
        return new RecurringJob(
                feature,
                first,
                sign > 0 ? low : negated(high),
                sign > 0 ? high : negated(low),
                sign > 0 ? usualLow : negated(usualHigh),
                sign > 0 ? usualHigh : negated(usualLow),
                (earliest + latestStart) / 2,
                (earliestEnd + latest) / 2,
                shortest,
                longest);
    }

    private static float between(float low, double value, float high) {
        return Math.max(low, Math.min(high, (float) value));
    }

    private static float[] negated(float[] values) {
        float[] negated = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            negated[i] = -values[i];
        }
        return negated;
    }

    /**
     * By how many bins the next repeat may be outside of the range of these. If all bins of a range were equally likely,
     * it would be outside of the enlarged range once in thirty repeats or less often.
     */
    private int beyond(int range) {
        return (int) Math.ceil((double) BEYOND * range / present);
    }

    /** The median deviation at each bin of the core; the same at all bins if they differ by noise only. */
    private double[] course(int first, int bins, int coreFrom, int coreTo) {
        double[] course = new double[bins];
        double[] work = new double[strength.length];
        double[] differences = new double[bins];
        int count = 0;
        for (int b = coreFrom; b <= coreTo; b++) {
            int repeats = 0;
            for (int r = 0; r < strength.length; r++) {
                double deviation = isUsed(r) ? deviation(r, b) : Double.NaN;
                if (!Double.isNaN(deviation)) {
                    work[repeats++] = deviation;
                }
            }
            double middle = repeats == 0 ? median : Spread.median(work, repeats);
            // In the middle of a job a row may deviate in the other direction; a job takes nothing there.
            course[b - first] = Math.max(0, middle);
            differences[count++] = middle - median;
        }
        double noise = Math.max(series.noise(feature), 0.05 * median);
        if (Spread.aroundZero(differences, count) <= 3 * noise / Math.sqrt(present)) {
            Arrays.fill(course, median);
        }
        return course;
    }

    /** The least and the largest strength of the next repeat, for a median of 1. */
    private double[] factors() {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int r = 0; r < strength.length; r++) {
            if (isUsed(r)) {
                least = Math.min(least, strength[r]);
                most = Math.max(most, strength[r]);
            }
        }
        double noise = 1.25 * series.noise(feature) / Math.sqrt(Math.max(1, shortest));
        double usual = Spread.expectedLargest(present) * noise;
        double below = Math.max(0, median - least - usual);
        double above = Math.max(0, most - median - usual);
        double beyond = (below + above) / (present - 1);
        return new double[] {1 - (below + beyond) / median, 1 + (above + beyond) / median};
    }

    /** By how much the rows of a core are noisier than others: what to add to the ends of the range. */
    private double[] widening(int first, double[] course, int coreFrom, int coreTo) {
        double[] rests = new double[series.rows()];
        int count = 0;
        for (int r = 0; r < strength.length; r++) {
            for (int b = coreFrom; b <= coreTo && isUsed(r); b++) {
                int cell = grid.cellAt(r, b);
                if (cell < 0 || Float.isNaN(series.of(cell, feature))) {
                    continue;
                }
                double expected = course[b - first] * strength[r] / median;
                for (int row = series.firstRow(cell); row < series.rows() && series.cellOfRow(row) == cell; row++) {
                    rests[count++] = sign * series.ofRow(row, feature) - expected;
                }
            }
        }
        if (count == 0) {
            return new double[] {0, 0};
        }
        Arrays.sort(rests, 0, count);
        int trim = count / TRIM;
        double usual = Spread.expectedLargest(count) * series.noise(feature);
        return new double[] {
            MARGIN * Math.min(0, rests[trim] + usual), MARGIN * Math.max(0, rests[count - 1 - trim] - usual)
        };
    }

    /** The largest deviation of a row while the job ran, less usual noise. */
    private double largest() {
        double[] values = new double[series.rows()];
        int count = 0;
        for (int r = 0; r < strength.length; r++) {
            for (int b = isUsed(r) ? extents.from(r) : 0; isUsed(r) && b <= extents.to(r); b++) {
                double deviation = deviation(r, b);
                if (!Double.isNaN(deviation) && count < values.length) {
                    values[count++] = deviation;
                }
            }
        }
        Arrays.sort(values, 0, count);
        double usual = Spread.expectedLargest(count) * series.noise(feature);
        return count == 0 ? 0 : Math.max(median, values[count - 1 - count / TRIM] - usual);
    }
}
