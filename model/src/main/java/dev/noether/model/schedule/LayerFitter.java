package dev.noether.model.schedule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fits what recurs with one period. A job is only kept if the ranges that were fitted to the other repeats take most of
 * it off each repeat.
 */
final class LayerFitter {
    /** A job that was found must lose this share of its squares, on repeats that it was not fitted to. */
    private static final double LEAST_GAIN = 0.5;

    /** The same for a feature that takes part in a job weakly. */
    private static final double LEAST_WEAK_GAIN = 0.15;

    /** A feature takes part in a job if its usual deviation is at least this much noise. */
    private static final double LEAST_STRENGTH = 0.75;

    /** Jobs may fill this share of a period. What is more frequent is no exception but the rule. */
    private static final double MOST_FILLED = 1.0 / 3;

    private final CellSeries series;
    private final PhaseGrid grid;
    private final List<RecurringJob> jobs = new ArrayList<>();
    private final List<List<RecurringJob>> folds = new ArrayList<>();

    private LayerFitter(CellSeries series, PhaseGrid grid) {
        this.series = series;
        this.grid = grid;
        for (int g = 0; g < grid.groups(); g++) {
            folds.add(new ArrayList<>());
        }
    }

    /** Fits a layer; returns null if nothing recurs. */
    static @Nullable FittedLayer fit(CellSeries series, PhaseGrid grid) {
        LayerFitter fitter = new LayerFitter(series, grid);
        PhaseSearch search = new PhaseSearch(grid, series.present(), series.features());
        List<JobExtents> extents = new ArrayList<>();
        for (int j = 0; j < series.features(); j++) {
            byte[] hits = series.hits(j);
            List<PhaseCluster> clusters = search.clusters(j, hits);
            for (PhaseCluster cluster : clusters) {
                JobExtents found = JobExtents.of(cluster, grid, series);
                if (fitter.add(found, j, cluster.sign(), LEAST_GAIN)) {
                    extents.add(found);
                }
            }
        }
        fitter.addWeak(extents);
        return fitter.layer();
    }

    private boolean add(JobExtents extents, int feature, int sign, double leastGain) {
        RecurringJob job = JobFit.fit(series, grid, extents, feature, sign, -1);
        if (job == null || job.bins() > grid.bins() / 2) {
            return false;
        }
        List<@Nullable RecurringJob> without = new ArrayList<>();
        for (int g = 0; g < grid.groups(); g++) {
            without.add(JobFit.fit(series, grid, extents, feature, sign, g));
        }
        if (gain(job, without) < leastGain) {
            return false;
        }
        jobs.add(job);
        for (int g = 0; g < grid.groups(); g++) {
            RecurringJob other = without.get(g);
            if (other != null) {
                folds.get(g).add(other);
            }
        }
        return true;
    }

    /** The share of the squared deviations that goes, each repeat corrected by what the others show. */
    private double gain(RecurringJob job, List<@Nullable RecurringJob> without) {
        double before = 0;
        double after = 0;
        for (int r = 0; r < grid.repeats(); r++) {
            RecurringJob other = without.get(grid.groupOf(r));
            for (int i = 0; i < job.bins(); i++) {
                int cell = grid.cellAt(r, job.first() + i);
                double deviation = cell < 0 ? Double.NaN : series.of(cell, job.feature());
                if (Double.isNaN(deviation)) {
                    continue;
                }
                double rest = deviation;
                int bin = job.first() + i;
                if (other != null && other.contains(bin)) {
                    int at = bin - other.first();
                    rest -= Math.max(other.low()[at], Math.min(other.high()[at], deviation));
                }
                before += deviation * deviation;
                after += rest * rest;
            }
        }
        return before > 0 ? 1 - after / before : 0;
    }

    /** Adds the features that take part in a job that another feature has shown. */
    private void addWeak(List<JobExtents> found) {
        for (JobExtents extents : found) {
            for (int j = 0; j < series.features(); j++) {
                double strength = JobFit.strength(series, grid, extents, j);
                if (Math.abs(strength) >= LEAST_STRENGTH && !isCovered(extents, j)) {
                    add(extents, j, strength > 0 ? 1 : -1, LEAST_WEAK_GAIN);
                }
            }
        }
    }

    private boolean isCovered(JobExtents extents, int feature) {
        for (int r = 0; r < extents.repeats(); r++) {
            if (extents.isPresent(r)) {
                int middle = (extents.from(r) + extents.to(r)) / 2;
                for (RecurringJob job : jobs) {
                    if (job.feature() == feature
                            && (job.contains(middle)
                                    || job.contains(middle + grid.bins())
                                    || job.contains(middle - grid.bins()))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private @Nullable FittedLayer layer() {
        LayerBuilder whole = new LayerBuilder(grid, series.features());
        int[] filled = new int[series.features()];
        jobs.forEach(job -> filled[job.feature()] += job.bins());
        List<RecurringJob> kept = jobs.stream()
                .filter(job -> filled[job.feature()] <= MOST_FILLED * grid.bins())
                .toList();
        kept.forEach(whole::add);
        if (kept.isEmpty() || whole.entries() > ScheduleLayer.MOST_ENTRIES) {
            return null;
        }
        List<ScheduleLayer> others = new ArrayList<>();
        for (List<RecurringJob> fold : folds) {
            LayerBuilder builder = new LayerBuilder(grid, series.features());
            fold.stream()
                    .filter(job -> filled[job.feature()] <= MOST_FILLED * grid.bins())
                    .forEach(builder::add);
            others.add(builder.build());
        }
        return new FittedLayer(grid, whole.build(), others, kept);
    }
}
