package dev.noether.model.gate;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.gate.HeldOutRows.Segment;
import dev.noether.model.gate.PlannedBreak.Kind;
import dev.noether.model.shape.ShapeModel;
import dev.noether.model.training.EntityHistory.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The breaks that are put into held-out rows, evenly spread and the same for all models. {@link Kind#MIXED} are those
 * of {@code BreakDetection}, {@link Kind#REVERSED} those of {@code ShapeBreaks}; here they pass through the whole
 * scorer, with the adapted state of their entity.
 */
final class BreakPlan {
    private static final int MOST_MIXED = 1000;
    private static final int MOST_GROSS = 200;
    private static final int MOST_REVERSED = 100;
    private static final int ROWS_FOR_A_BREAK = 4;
    private static final int MOST_BROKEN_FEATURES = 3;
    private static final int TRIES = 10;

    /** A gross value lies beyond the range of the entity by this many times the width of the range. */
    private static final float RANGES_BEYOND = 3;

    private final HeldOutRows rows;
    private final SplittableRandom random;
    private final int[] counts = new int[Kind.values().length];
    private final List<List<PlannedBreak>> bySegment = new ArrayList<>();
    private int longest = 1;

    /**
     * Makes a plan.
     *
     * @param shapeFeature index of the feature whose shape is judged; -1 if no model has a shape view
     * @param shapeRows rows of the longest window of a shape view
     * @param seed seed of the breaks
     */
    private BreakPlan(HeldOutRows rows, int shapeFeature, int shapeRows, long seed) {
        this.rows = rows;
        this.random = new SplittableRandom(seed);
        rows.segments().forEach(segment -> bySegment.add(new ArrayList<>()));
        int mixed = Math.min(MOST_MIXED, rows.count() / ROWS_FOR_A_BREAK);
        int gross = Math.min(MOST_GROSS, rows.count() / ROWS_FOR_A_BREAK);
        spread(mixed, (s, row) -> mixed(s, row));
        spread(gross, (s, row) -> gross(s, row));
        if (shapeFeature >= 0) {
            int part = Math.max(2, shapeRows / 4);
            spread(Math.min(MOST_REVERSED, rows.count() / part), (s, row) -> reversed(s, row, shapeFeature, part));
        }
        bySegment.forEach(breaks -> breaks.sort(Comparator.comparingInt(PlannedBreak::row)));
    }

    /** A plan for models of which one may have a shape view. */
    static BreakPlan of(HeldOutRows rows, ModelArtifact model, long seed) {
        @Nullable ShapeModel shape = model.shape();
        return new BreakPlan(rows, shape == null ? -1 : shape.feature(), shape == null ? 0 : shape.rows(), seed);
    }

    /** A plan without breaks. */
    static BreakPlan none(HeldOutRows rows) {
        return new BreakPlan(rows);
    }

    private BreakPlan(HeldOutRows rows) {
        this.rows = rows;
        this.random = new SplittableRandom(0);
        rows.segments().forEach(segment -> bySegment.add(new ArrayList<>()));
    }

    private interface Maker {
        void make(int segment, int row);
    }

    /** Calls a maker for rows at even distances. */
    private void spread(int count, Maker maker) {
        int segment = 0;
        for (int i = 0; i < count; i++) {
            int number = (int) (((long) 2 * i + 1) * rows.count() / (2L * count));
            while (number
                    >= rows.segments().get(segment).first()
                            + rows.segments().get(segment).count()) {
                segment++;
            }
            Segment of = rows.segments().get(segment);
            maker.make(segment, of.from() + number - of.first());
        }
    }

    private void mixed(int segment, int row) {
        Run run = rows.segments().get(segment).run();
        int features = rows.features();
        double[] values = Arrays.copyOfRange(run.rows(), row * features, (row + 1) * features);
        boolean isBroken = false;
        int changes = random.nextInt(1, Math.min(MOST_BROKEN_FEATURES, features) + 1);
        for (int attempt = 0; attempt < TRIES && changes > 0; attempt++) {
            int feature = random.nextInt(features);
            double other = run.rows()[random.nextInt(run.count()) * features + feature];
            if (other != values[feature]) {
                values[feature] = other;
                isBroken = true;
                changes--;
            }
        }
        if (isBroken) {
            add(segment, Kind.MIXED, row, values, 1);
        }
    }

    private void gross(int segment, int row) {
        Segment of = rows.segments().get(segment);
        int features = rows.features();
        double[] values = Arrays.copyOfRange(of.run().rows(), row * features, (row + 1) * features);
        boolean isBroken = false;
        for (int j = 0; j < features; j++) {
            double low = rows.low(of)[j];
            double high = rows.high(of)[j];
            double far =
                    random.nextBoolean() ? high + RANGES_BEYOND * (high - low) : low - RANGES_BEYOND * (high - low);
            if (Math.abs(far) <= Float.MAX_VALUE && high > low) {
                values[j] = far;
                isBroken = true;
            }
        }
        if (isBroken) {
            add(segment, Kind.GROSS, row, values, 1);
        }
    }

    private void reversed(int segment, int row, int feature, int part) {
        Segment of = rows.segments().get(segment);
        int features = rows.features();
        int count = 2 * part;
        int from = Math.min(row, of.run().count() - count);
        if (from < of.from()) {
            return;
        }
        double[] values = Arrays.copyOfRange(of.run().rows(), from * features, (from + count) * features);
        for (int i = 0; i < part / 2; i++) {
            int one = i * features + feature;
            int other = (part - 1 - i) * features + feature;
            double value = values[one];
            values[one] = values[other];
            values[other] = value;
        }
        add(segment, Kind.REVERSED, from, values, count);
    }

    private void add(int segment, Kind kind, int row, double[] values, int count) {
        bySegment.get(segment).add(new PlannedBreak(kind, counts[kind.ordinal()]++, row, values, count));
        longest = Math.max(longest, count);
    }

    /** The number of breaks of a kind. */
    int count(Kind kind) {
        return counts[kind.ordinal()];
    }

    /** The most rows of a break. */
    int longest() {
        return longest;
    }

    /** The breaks of a segment, in order of their rows. */
    List<PlannedBreak> of(int segment) {
        return bySegment.get(segment);
    }
}
