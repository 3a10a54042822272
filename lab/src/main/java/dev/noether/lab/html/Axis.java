package dev.noether.lab.html;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One direction of a picture: which values there are, and where they lie. Immutable.
 *
 * @param label what is measured, with its unit
 * @param from smallest value
 * @param to largest value, above {@code from}
 * @param logarithmic whether equal ratios are equal distances; then {@code from} is above 0
 * @param isTime whether the values are times, milliseconds since 1970 UTC
 */
public record Axis(String label, double from, double to, boolean logarithmic, boolean isTime) {
    private static final int TICKS = 6;
    private static final double SECOND = 1_000;
    private static final double MINUTE = 60 * SECOND;
    private static final double HOUR = 60 * MINUTE;
    private static final double DAY = 24 * HOUR;
    /** Distances of the ticks of times; days above them are doubled. */
    private static final double[] TIME_STEPS = {
        SECOND, 5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY
    };

    /** An axis of numbers. */
    public Axis(String label, double from, double to, boolean logarithmic) {
        this(label, from, to, logarithmic, false);
    }

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if they are no range, or a logarithmic axis does not begin above 0
     */
    public Axis {
        if (!(from < to) || Double.isInfinite(to - from)) {
            throw new IllegalArgumentException("`from` must be below `to` (got " + from + " and " + to + ")");
        }
        if (logarithmic && !(from > 0)) {
            throw new IllegalArgumentException("`from` must be above 0 on a logarithmic axis (got " + from + ")");
        }
    }

    /** Between two values; a range of nothing is widened. */
    public static Axis linear(String label, double from, double to) {
        if (from < to) {
            return new Axis(label, from, to, false);
        }
        double half = Math.max(Math.abs(from) * 0.1, 0.5);
        return new Axis(label, from - half, from + half, false);
    }

    /** Between two times, milliseconds since 1970 UTC; a range of nothing is widened. */
    public static Axis time(String label, double from, double to) {
        return from < to ? new Axis(label, from, to, false, true) : new Axis(label, from, from + SECOND, false, true);
    }

    /** Between two values above 0; a range of nothing is widened. */
    public static Axis logarithmic(String label, double from, double to) {
        return from < to ? new Axis(label, from, to, true) : new Axis(label, from / 2, from * 2, true);
    }

    /** An axis that holds all finite values given; linear, from 0 to 1 where there are none. */
    public static Axis around(String label, double[]... values) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double[] some : values) {
            for (double value : some) {
                if (Double.isFinite(value)) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
        }
        return least > most ? linear(label, 0, 1) : linear(label, least, most);
    }

    /** Where a value lies, 0 at {@code from} and 1 at {@code to}; values beyond an end lie on it. */
    double place(double value) {
        double place = logarithmic
                ? Math.log(Math.max(value, Double.MIN_NORMAL) / from) / Math.log(to / from)
                : (value - from) / (to - from);
        return Math.max(0, Math.min(1, place));
    }

    /** Round values on the axis, rising. */
    List<Double> ticks() {
        return isTime ? times() : logarithmic ? powers() : steps();
    }

    /** A tick in words: a number, or a date or a time of day. */
    String text(double tick) {
        if (!isTime) {
            return Markup.tick(tick);
        }
        String time = Instant.ofEpochMilli((long) tick).toString();
        boolean isMidnight = tick % DAY == 0;
        int end = timeStep() < MINUTE ? time.indexOf('T') + 9 : time.indexOf('T') + 6;
        return isMidnight ? time.substring(0, time.indexOf('T')) : time.substring(time.indexOf('T') + 1, end);
    }

    private double timeStep() {
        for (double step : TIME_STEPS) {
            if (to - from <= TICKS * step) {
                return step;
            }
        }
        double step = DAY;
        while (to - from > TICKS * step) {
            step *= 2;
        }
        return step;
    }

    private List<Double> times() {
        double step = timeStep();
        List<Double> ticks = new ArrayList<>();
        for (double tick = Math.ceil(from / step) * step; tick <= to; tick += step) {
            ticks.add(tick);
        }
        return ticks;
    }

    private List<Double> steps() {
        double rough = (to - from) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double ratio = rough / power;
        double step = power * (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10);
        List<Double> ticks = new ArrayList<>();
        long last = (long) Math.floor(to / step + 1e-9);
        for (long k = (long) Math.ceil(from / step - 1e-9); k <= last; k++) {
            ticks.add(k * step);
        }
        return ticks;
    }

    /** Where there are less than two powers of ten: their doubles and fives as well, or even steps. */
    private List<Double> multiples(int first, int last) {
        List<Double> ticks = new ArrayList<>();
        for (int power = first; power <= last; power++) {
            for (int digit : new int[] {1, 2, 5}) {
                double tick = digit * Math.pow(10, power);
                if (tick >= from && tick <= to) {
                    ticks.add(tick);
                }
            }
        }
        return ticks.size() > 1 ? ticks : steps();
    }

    private List<Double> powers() {
        int first = (int) Math.ceil(Math.log10(from) - 1e-9);
        int last = (int) Math.floor(Math.log10(to) + 1e-9);
        int stride = Math.max(1, (last - first + TICKS) / TICKS);
        List<Double> ticks = new ArrayList<>();
        for (int power = first; power <= last; power += stride) {
            ticks.add(Math.pow(10, power));
        }
        return ticks.size() > 1 ? ticks : multiples(first - 1, last + 1);
    }
}
