package dev.noether.cli.heartbeat;

import dev.noether.cli.fleet.HashedNoise;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A fleet of hearts with one feature, a pulse that repeats every {@value #PERIOD_ROWS} rows. Beats come a little
 * earlier, later, wider and higher, and lie on a baseline that moves slowly. All of this is normal. A beat with a
 * fault differs from that.
 *
 * <p>A row depends only on the options, the heart and the row. Thread-safe.
 */
public final class HeartbeatSimulator {
    /** Rows from beat to beat. */
    public static final int PERIOD_ROWS = 64;

    /** Normal beats come at most this many rows earlier or later. */
    static final int LARGEST_JITTER = 5;

    /** Rows by which a late beat is late. */
    static final int DELAY_ROWS = 13;

    private static final double WIDENING = 1.5;

    /** The middles, the heights and the half widths of the waves of a beat, rows from the middle of its peak. */
    private static final double[] NORMAL = {-11, 0.25, 3, 0, 1, 2.5, 6, -0.3, 2.5, 19, 0.4, 5};

    private static final double[] DOUBLE = {-11, 0.25, 3, -3, 0.75, 2.5, 6, 0.75, 2.5, 19, 0.4, 5};
    private static final double[] NONE = {};

    /** Rows from the onset of a beat to the middle of its peak. */
    private static final int PEAK = 20;

    private static final int JITTER = 0;
    private static final int WIDTH = 1;
    private static final int HEIGHT = 2;
    private static final int BASELINE = 3;
    private static final int NOISE = 4;

    private final HeartbeatOptions options;
    private final HashedNoise noise;
    private final BeatSchedule schedule;

    /** Makes a fleet. */
    public HeartbeatSimulator(HeartbeatOptions options) {
        this.options = options;
        this.noise = new HashedNoise(options.seed());
        this.schedule = new BeatSchedule(options);
    }

    /** The names of the hearts. */
    public List<String> entityNames() {
        return IntStream.rangeClosed(1, options.entities())
                .mapToObj(number -> String.format(Locale.ROOT, "heart-%02d", number))
                .toList();
    }

    /** The name of the only feature. */
    public static String featureName() {
        return "pulse";
    }

    /** The beats with a fault, in their order: the ground truth. */
    public List<LabelledBeat> faults() {
        return schedule.faults();
    }

    /** Whether a fault covers the row of a heart. */
    public boolean isFaulty(int entity, long row) {
        return faultAt(entity, row) != null;
    }

    private @Nullable LabelledBeat faultAt(int entity, long row) {
        for (LabelledBeat fault : schedule.faultsOf(entity)) {
            if (fault.covers(row)) {
                return fault;
            }
        }
        return null;
    }

    /** The pulse of a heart in a row. */
    public float value(int entity, long row) {
        long beat = Math.floorDiv(row - onset(entity, 0), (long) PERIOD_ROWS);
        // The waves of the neighbours reach into the time of a beat.
        double sum = wave(entity, beat - 1, row) + wave(entity, beat, row) + wave(entity, beat + 1, row);
        return (float) (sum
                + 0.06 * noise.smooth(entity, BASELINE, row, 3 * PERIOD_ROWS)
                + 0.02 * noise.gaussian(entity, NOISE, row));
    }

    /** The row at which a beat begins without its jitter; the hearts do not beat together. */
    static long onset(int entity, long beat) {
        return beat * PERIOD_ROWS + (long) Math.floorMod(entity * 37, PERIOD_ROWS);
    }

    private double wave(int entity, long beat, long row) {
        BeatFault fault = faultOf(entity, beat);
        double peak = onset(entity, beat)
                + PEAK
                + 1.2 * noise.gaussian(entity, JITTER, beat)
                + (fault == BeatFault.LATE_BEAT ? DELAY_ROWS : 0);
        double width = (1 + 0.04 * noise.gaussian(entity, WIDTH, beat)) * (fault == BeatFault.WIDE_BEAT ? WIDENING : 1);
        double height = 1 + 0.06 * noise.gaussian(entity, HEIGHT, beat);
        return height * waves(form(fault), (row - peak) / width);
    }

    private static double[] form(@Nullable BeatFault fault) {
        return fault == BeatFault.MISSING_BEAT ? NONE : fault == BeatFault.DOUBLE_BEAT ? DOUBLE : NORMAL;
    }

    private static double waves(double[] form, double time) {
        double sum = 0;
        for (int i = 0; i < form.length; i += 3) {
            double distance = (time - form[i]) / form[i + 2];
            // StrictMath returns the same bits on every machine.
            sum += form[i + 1] * StrictMath.exp(-0.5 * distance * distance);
        }
        return sum;
    }

    private @Nullable BeatFault faultOf(int entity, long beat) {
        for (LabelledBeat fault : schedule.faultsOf(entity)) {
            if (fault.beat() == beat) {
                return fault.kind();
            }
        }
        return null;
    }
}
