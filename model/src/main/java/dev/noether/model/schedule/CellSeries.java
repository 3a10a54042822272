package dev.noether.model.schedule;

import java.util.Arrays;

/**
 * The rows of one entity on a regular grid of time. A cell holds the mean of its rows, and the deviation of that mean
 * from the level: a median of the cells around it. Not thread safe.
 */
final class CellSeries {
    /** More cells than a year of minutes, so that a wrong clock cannot take all memory. */
    private static final long MOST_CELLS = 1 << 20;

    /** A deviation of this many standard deviations of the noise is a hit. */
    private static final double HIT = 4;

    private static final double ROUNDING = 1e-6;

    private final ScheduleSeries series;
    private final int features;
    private final long gridMillis;
    private final long firstCell;
    private final int cells;
    private final int[] cellOfRow;
    private final float[][] levels;
    private final float[][] deviations;
    private final double[] noise;
    private final float[] tolerance;
    private final int[] firstRow;
    /** What is already expected, for each row; empty: nothing. */
    private float[] takenOff = {};

    /** Whether the times of a series fit on a grid. */
    static boolean fits(ScheduleSeries series, long gridMillis) {
        int rows = series.count();
        return rows > 1
                && (series.times()[rows - 1] - series.times()[0]) / gridMillis < MOST_CELLS
                && series.times()[rows - 1] >= series.times()[0];
    }

    /**
     * Lays rows on a grid.
     *
     * @param half cells to each side that a level is the median of
     */
    CellSeries(ScheduleSeries series, int features, long gridMillis, int half) {
        this.series = series;
        this.features = features;
        this.gridMillis = gridMillis;
        firstCell = Math.floorDiv(series.times()[0], gridMillis);
        int rows = series.count();
        cells = (int) (Math.floorDiv(series.times()[rows - 1], gridMillis) - firstCell) + 1;
        cellOfRow = new int[rows];
        for (int i = 0; i < rows; i++) {
            cellOfRow[i] = (int) (Math.floorDiv(series.times()[i], gridMillis) - firstCell);
        }
        firstRow = new int[cells + 1];
        for (int i = rows - 1; i >= 0; i--) {
            firstRow[cellOfRow[i]] = i;
        }
        firstRow[cells] = rows;
        levels = new float[features][];
        deviations = new float[features][];
        noise = new double[features];
        tolerance = new float[features];
        for (int j = 0; j < features; j++) {
            deviations[j] = means(j);
            levels[j] = RunningMedian.of(deviations[j], half);
            subtract(levels[j], deviations[j]);
            // Twicing (Tukey 1977): the median of a bent course is beside it, at the same hours of each day.
            float[] bend = RunningMedian.of(deviations[j], half);
            subtract(bend, deviations[j]);
            for (int c = 0; c < cells; c++) {
                levels[j][c] += bend[c];
            }
            noise[j] = measuredNoise(j);
            tolerance[j] = measuredTolerance(j);
        }
    }

    private static void subtract(float[] amounts, float[] from) {
        for (int c = 0; c < from.length; c++) {
            from[c] -= amounts[c];
        }
    }

    private float[] means(int feature) {
        double[] sums = new double[cells];
        int[] counts = new int[cells];
        for (int i = 0; i < cellOfRow.length; i++) {
            sums[cellOfRow[i]] += series.rows()[i * features + feature];
            counts[cellOfRow[i]]++;
        }
        float[] means = new float[cells];
        for (int c = 0; c < cells; c++) {
            means[c] = counts[c] == 0 ? Float.NaN : (float) (sums[c] / counts[c]);
        }
        return means;
    }

    private double measuredNoise(int feature) {
        double[] sizes = new double[cellOfRow.length];
        int count = 0;
        for (int i = 0; i < cellOfRow.length; i++) {
            double size = ofRow(i, feature);
            if (!Double.isNaN(size)) {
                sizes[count++] = size;
            }
        }
        return Spread.aroundZero(sizes, count);
    }

    private float measuredTolerance(int feature) {
        double[] steps = new double[Math.max(0, cellOfRow.length - 1)];
        for (int i = 1; i < cellOfRow.length; i++) {
            steps[i - 1] = series.rows()[i * features + feature] - series.rows()[(i - 1) * features + feature];
        }
        return (float) (3 * Spread.aroundZero(steps, steps.length));
    }

    int features() {
        return features;
    }

    int cells() {
        return cells;
    }

    int rows() {
        return cellOfRow.length;
    }

    int cellOfRow(int row) {
        return cellOfRow[row];
    }

    /** Event time of the beginning of a cell. */
    long time(int cell) {
        return (firstCell + cell) * gridMillis;
    }

    long timeOfRow(int row) {
        return series.times()[row];
    }

    long gridMillis() {
        return gridMillis;
    }

    /** The first row of a cell that has rows. */
    int firstRow(int cell) {
        return firstRow[cell];
    }

    /** The deviation of a cell; NaN if it has no row or no level. */
    float of(int cell, int feature) {
        return deviations[feature][cell];
    }

    /** The deviation of a row from the level of its cell; NaN if that has none. */
    double ofRow(int row, int feature) {
        return (double) series.rows()[row * features + feature] - levels[feature][cellOfRow[row]] - taken(row, feature);
    }

    private double taken(int row, int feature) {
        return takenOff.length == 0 ? 0 : takenOff[row * features + feature];
    }

    /** Takes amounts off the rows: what is already expected there. */
    void takeOff(float[] amounts) {
        takenOff = amounts.clone();
        for (int j = 0; j < features; j++) {
            float[] means = means(j);
            double[] sums = new double[cells];
            int[] counts = new int[cells];
            for (int i = 0; i < cellOfRow.length; i++) {
                sums[cellOfRow[i]] += amounts[i * features + j];
                counts[cellOfRow[i]]++;
            }
            for (int c = 0; c < cells; c++) {
                deviations[j][c] = (float) (means[c] - levels[j][c] - sums[c] / Math.max(1, counts[c]));
            }
        }
    }

    /** The standard deviation of the noise of a feature, from row to row. */
    double noise(int feature) {
        return noise[feature];
    }

    /** How far a feature moves from row to row without a reason. */
    float[] tolerance() {
        return tolerance.clone();
    }

    /** For each cell 1, −1, or 0 if the deviation is of the size of noise. */
    byte[] hits(int feature) {
        byte[] hits = new byte[cells];
        double limit = HIT * noise[feature];
        for (int c = 0; c < cells; c++) {
            // A mean of equal values may differ from them in its last bit.
            limit = Math.max(limit, ROUNDING * Math.abs(levels[feature][c]));
        }
        for (int c = 0; c < cells; c++) {
            float deviation = deviations[feature][c];
            hits[c] = (byte) (deviation > limit ? 1 : deviation < -limit ? -1 : 0);
        }
        return hits;
    }

    /** Whether each cell has a deviation. */
    boolean[] present() {
        boolean[] present = new boolean[cells];
        Arrays.fill(present, true);
        for (int c = 0; c < cells; c++) {
            present[c] = !Float.isNaN(deviations[0][c]);
        }
        return present;
    }
}
