package dev.noether.model.gate;

import dev.noether.model.training.EntityHistory;
import dev.noether.model.training.EntityHistory.Run;
import dev.noether.model.training.GapFilling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows that models are judged on: the same for all models. They are numbered from 0, entity by entity in order of
 * time. Missing values are filled in, and marked.
 */
final class HeldOutRows {
    /** Neighbouring rows are similar. Blocks of this many rows count as independent. */
    static final int BLOCK_ROWS = 50;

    /** Added to the variances of an entity, as a share of those of all entities. */
    private static final double VARIANCE_FLOOR = 0.01;

    private final int features;
    private final List<Segment> segments = new ArrayList<>();
    private final double[][] variances;
    private final double[][] low;
    private final double[][] high;
    private final List<EntityHistory> histories;
    private int count;

    /**
     * A run with rows to judge.
     *
     * @param entity index of the entity
     * @param run its rows, gaps filled in
     * @param missing whether each value was filled in; empty if none was
     * @param from index in the run of the first row to judge
     * @param first number of that row
     */
    record Segment(int entity, Run run, boolean[] missing, int from, int first) {
        int count() {
            return run.count() - from;
        }
    }

    /**
     * Finds the rows.
     *
     * @param contextRows rows that an entity must have before its newest row can be judged by any of the models, that
     *     row included
     */
    HeldOutRows(List<EntityHistory> unordered, int features, long heldOutFrom, int contextRows) {
        this.features = features;
        List<EntityHistory> raw = inOrder(unordered);
        this.histories = GapFilling.fill(raw, features);
        this.low = new double[histories.size()][features];
        this.high = new double[histories.size()][features];
        this.variances = variances();
        for (int e = 0; e < histories.size(); e++) {
            for (int r = 0; r < histories.get(e).runs().size(); r++) {
                Run run = histories.get(e).runs().get(r);
                int from = contextRows - 1;
                while (from < run.count() && run.times()[from] < heldOutFrom) {
                    from++;
                }
                if (from < run.count()) {
                    boolean[] missing = missing(raw.get(e).runs().get(r).rows());
                    segments.add(new Segment(e, run, missing, from, count));
                    count += run.count() - from;
                }
            }
        }
    }

    /** All rows of one run. */
    static HeldOutRows ofRun(String entity, Run run, int features) {
        return new HeldOutRows(List.of(new EntityHistory(entity, List.of(run))), features, Long.MIN_VALUE, 1);
    }

    /** Rows that came late are put in their place. */
    private static List<EntityHistory> inOrder(List<EntityHistory> histories) {
        List<EntityHistory> ordered = new ArrayList<>();
        for (EntityHistory history : histories) {
            ordered.add(new EntityHistory(
                    history.entity(), history.runs().stream().map(Run::inOrder).toList()));
        }
        return ordered;
    }

    private static boolean[] missing(double[] rows) {
        boolean[] missing = {};
        for (int i = 0; i < rows.length; i++) {
            if (Double.isNaN(rows[i])) {
                if (missing.length == 0) {
                    missing = new boolean[rows.length];
                }
                missing[i] = true;
            }
        }
        return missing;
    }

    /** The variance of each feature over all rows of each entity; 0 if the feature is constant in all entities. */
    private double[][] variances() {
        double[][] own = new double[histories.size()][features];
        double[] common = new double[features];
        for (int e = 0; e < own.length; e++) {
            double[] sums = new double[features];
            double[] squares = new double[features];
            long rows = histories.get(e).count();
            Arrays.fill(low[e], Double.POSITIVE_INFINITY);
            Arrays.fill(high[e], Double.NEGATIVE_INFINITY);
            double[] origin = histories.get(e).runs().get(0).rows();
            for (Run run : histories.get(e).runs()) {
                for (int i = 0; i < run.rows().length; i++) {
                    int j = i % features;
                    double raw = run.rows()[i];
                    double value = raw - origin[j];
                    sums[j] += value;
                    squares[j] += value * value;
                    low[e][j] = Math.min(low[e][j], raw);
                    high[e][j] = Math.max(high[e][j], raw);
                }
            }
            for (int j = 0; j < features; j++) {
                own[e][j] = Math.max(0, squares[j] / rows - sums[j] / rows * (sums[j] / rows));
                common[j] += own[e][j] / own.length;
            }
        }
        for (double[] ofEntity : own) {
            for (int j = 0; j < features; j++) {
                ofEntity[j] += VARIANCE_FLOOR * common[j];
            }
        }
        return own;
    }

    /** Event time of the row after which {@code newer} rows are newer, or of the oldest row. */
    static long timeOfNewest(List<EntityHistory> histories, int newer) {
        long[] times = histories.stream()
                .flatMap(history -> history.runs().stream())
                .flatMapToLong(run -> Arrays.stream(run.times()))
                .sorted()
                .toArray();
        return times[Math.max(0, times.length - newer)];
    }

    int features() {
        return features;
    }

    /** The number of rows to judge. */
    int count() {
        return count;
    }

    List<Segment> segments() {
        return segments;
    }

    String entity(Segment segment) {
        return histories.get(segment.entity).entity();
    }

    /** The smallest value of each feature of the entity of a segment. Not a copy. */
    double[] low(Segment segment) {
        return low[segment.entity];
    }

    /** The largest value of each feature of the entity of a segment. Not a copy. */
    double[] high(Segment segment) {
        return high[segment.entity];
    }

    /** The variance of each feature of the entity of a segment. Not a copy. */
    double[] variances(Segment segment) {
        return variances[segment.entity];
    }
}
