package dev.noether.cli.demo;

import dev.noether.cli.stream.RowCursor;
import dev.noether.cli.stream.Workload;
import dev.noether.model.feature.Scaling;
import dev.noether.model.feature.ScalingKind;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.numeric.PrincipalComponents;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A simple detector for comparison: principal components of the same windows, fitted to the same history. The score is
 * the mean squared reconstruction error of the whole window. Not thread-safe.
 */
final class PrincipalComponentsDetector {
    static final int COMPONENTS = 10;
    /** The largest number of windows to fit; of more windows, every n-th one is used. */
    private static final int MOST_WINDOWS = 100_000;

    private final Workload workload;
    private final int windowRows;
    private final int features;
    private final @Nullable WindowBuffer[] windows;

    private PrincipalComponentsDetector(Workload workload, int windowRows) {
        this.workload = workload;
        this.windowRows = windowRows;
        this.features = workload.features().size();
        this.windows = new WindowBuffer[workload.entities().size()];
    }

    /**
     * Fits the principal components to the history and scores the live rows.
     *
     * @param workload observations
     * @param windowRows rows in a window
     * @param rows number of live rows to score
     * @return {@code [rows]}, scores; NaN if the row does not complete a window
     */
    static float[] score(Workload workload, int windowRows, int rows) {
        return new PrincipalComponentsDetector(workload, windowRows).score(rows);
    }

    private float[] score(int rows) {
        Scaling scaling = scaling();
        int width = windowRows * features;
        PrincipalComponents components = fit(scaling, width);
        float[] scores = new float[rows];
        Arrays.fill(scores, Float.NaN);
        float[] window = new float[width];
        RowCursor live = workload.live();
        for (int row = 0; row < rows && live.next(); row++) {
            if (copyWindow(live, scaling, window)) {
                scores[row] = (float) components.reconstructionError(window);
            }
        }
        return scores;
    }

    private Scaling scaling() {
        float[] values = new float[1024 * features];
        int count = 0;
        for (RowCursor history = workload.history(); history.next(); ) {
            if (isComplete(history.values())) {
                if ((count + 1) * features > values.length) {
                    values = Arrays.copyOf(values, 2 * values.length);
                }
                System.arraycopy(history.values(), 0, values, count * features, features);
                count++;
            }
        }
        return Scaling.fit(ScalingKind.STANDARD, values, count, features);
    }

    private PrincipalComponents fit(Scaling scaling, int width) {
        long historyRows = 0;
        for (RowCursor history = workload.history(); history.next(); ) {
            historyRows++;
        }
        // A prime step avoids picking the same entities again and again.
        int step = historyRows <= MOST_WINDOWS ? 1 : nextPrime((int) (historyRows / MOST_WINDOWS) + 1);
        float[] fitted = new float[(int) (historyRows / step + 1) * width];
        int count = 0;
        float[] window = new float[width];
        long row = 0;
        for (RowCursor history = workload.history(); history.next(); row++) {
            if (copyWindow(history, scaling, window) && row % step == 0) {
                System.arraycopy(window, 0, fitted, count * width, width);
                count++;
            }
        }
        return PrincipalComponents.fit(fitted, count, width, Math.min(COMPONENTS, width));
    }

    /**
     * Adds a row to the window of its entity and copies the window if it is full. Skips a row with a missing value.
     *
     * @param target {@code [window × features]}, receives the scaled window
     * @return whether the window was copied
     */
    private boolean copyWindow(RowCursor row, Scaling scaling, float[] target) {
        if (!isComplete(row.values())) {
            return false;
        }
        WindowBuffer window = windows[row.entity()];
        if (window == null) {
            window = new WindowBuffer(windowRows, 0, features);
            windows[row.entity()] = window;
        }
        int position = window.addStored(row.eventTime(), row.values(), 0);
        if (!window.windowEndsAt(position)) {
            return false;
        }
        window.copyWindow(position, scaling, target, 0);
        return true;
    }

    private static boolean isComplete(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static int nextPrime(int from) {
        int candidate = from;
        while (!isPrime(candidate)) {
            candidate++;
        }
        return candidate;
    }

    private static boolean isPrime(int number) {
        for (int divisor = 2; divisor * divisor <= number; divisor++) {
            if (number % divisor == 0) {
                return false;
            }
        }
        return true;
    }
}
