package dev.noether.cli.demo;

import dev.noether.cli.stream.RowCursor;
import dev.noether.cli.stream.Workload;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/**
 * A small workload of two entities, `a` and `b`, which report one after the other in each minute. Row {@code i} of a
 * part belongs to minute {@code i / 2}. The history follows two sine waves; a live row has values as the test chooses.
 */
final class TestingWorkload implements Workload {
    static final int HISTORY_MINUTES = 200;

    private static final double NOISE = 0.01;

    private final int liveMinutes;
    private final IntPredicate isAnomalous;
    private final IntToDoubleFunction distance;
    private final List<FaultInterval> faults;

    /**
     * Makes a workload.
     *
     * @param liveMinutes length of the live part
     * @param isAnomalous label of a live row
     * @param distance distance of the first feature of a live row from its normal value; NaN for a missing value
     * @param faults faults in the live part
     */
    TestingWorkload(
            int liveMinutes, IntPredicate isAnomalous, IntToDoubleFunction distance, List<FaultInterval> faults) {
        this.liveMinutes = liveMinutes;
        this.isAnomalous = isAnomalous;
        this.distance = distance;
        this.faults = faults;
    }

    /** The event time of a live row. */
    static long liveTime(int row) {
        return Workload.eventTime(HISTORY_MINUTES + row / 2);
    }

    @Override
    public String description() {
        return "a workload of two entities";
    }

    @Override
    public List<String> features() {
        return List.of("x", "y");
    }

    @Override
    public List<String> entities() {
        return List.of("a", "b");
    }

    @Override
    public RowCursor history() {
        return new Cursor(0, 2 * HISTORY_MINUTES);
    }

    @Override
    public RowCursor live() {
        return new Cursor(2 * HISTORY_MINUTES, liveRows());
    }

    @Override
    public int liveRows() {
        return 2 * liveMinutes;
    }

    @Override
    public Duration liveSpan() {
        return Duration.ofMinutes(liveMinutes);
    }

    @Override
    public List<FaultInterval> faults() {
        return faults;
    }

    private final class Cursor implements RowCursor {
        private final int first;
        private final int count;
        private final float[] values = new float[2];
        private int row = -1;

        Cursor(int first, int count) {
            this.first = first;
            this.count = count;
        }

        @Override
        public boolean next() {
            row++;
            double phase = (first + row) / 2 * 0.3;
            SplittableRandom noise = new SplittableRandom(first + row);
            double offset = first == 0 ? 0 : distance.applyAsDouble(row);
            values[0] = (float) (Math.sin(phase) + NOISE * noise.nextGaussian() + offset);
            values[1] = (float) (Math.cos(phase) + NOISE * noise.nextGaussian());
            return row < count;
        }

        @Override
        public int entity() {
            return row % 2;
        }

        @Override
        public long eventTime() {
            return Workload.eventTime((first + row) / 2);
        }

        @Override
        public float[] values() {
            return values;
        }

        @Override
        public boolean isAnomalous() {
            return first > 0 && isAnomalous.test(row);
        }
    }
}
