package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.alarm.AlarmState;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A second break soon after a first one is found as if there were no first one. */
final class PairedBreaksTest extends RandomizedTest {
    private static final int FEATURES = 8;
    private static final int HISTORY = 8000;
    private static final int LIVE = 5000;

    /** One alarm in 30 days. */
    private static final double RATE = 2.3e-5;

    /** Rows from the end of the first break to the second. */
    private static final int[] GAPS = {20, 50, 100, 300};

    private static final double NOISE = 0.3;

    private final RandomGenerator random = random();
    private int alone;
    private int inPairs;

    /** A break is an offset of one feature. */
    private record Break(int from, int to, int feature, double height) {
        double at(int row, int column) {
            return row >= from && row < to && column == feature ? height : 0;
        }
    }

    private static final Break NONE = new Break(0, 0, 0, 0);

    @Test
    void ofEvenTelemetry() {
        measure(false);
        assertThat((double) inPairs / alone).isGreaterThan(0.7);
    }

    /** Noise as that of servers: heavy tails, hours with more of it, and short bursts. */
    @Test
    void ofRoughTelemetry() {
        measure(true);
        assertThat((double) inPairs / alone).isGreaterThan(0.5);
    }

    private void measure(boolean isRough) {
        double[] rows = rows(isRough);
        try (Engine engine = new ReferenceEngine()) {
            ModelArtifact model = SimulatedEntity.train(engine, rows, FEATURES, HISTORY, 4, 5);
            EntityBaseline start = model.startingBaseline("entity");
            EntityBaseline baseline = start.copy();
            AlarmThreshold threshold = new AlarmThreshold(model.calibration(), RATE, model.adaptation());
            AlarmState alarms = threshold.start();
            try (WindowScorer scorer = new WindowScorer(model, engine, 1)) {
                int from = HISTORY;
                for (int next = HISTORY + 200; next < HISTORY + LIVE - 400; next += 200) {
                    isFound(scorer, threshold, rows, from, next, start, baseline, alarms, NONE, NONE);
                    from = next;
                    for (int gap : GAPS) {
                        Break first = anyBreak(from, from + random.nextInt(3, 18), 10, 120);
                        Break second = anyBreak(first.to + gap, first.to + gap + 5, isRough ? 8 : 4, isRough ? 48 : 24);
                        if (isFound(
                                scorer,
                                threshold,
                                rows,
                                from,
                                second.to,
                                start,
                                baseline.copy(),
                                alarms.copy(),
                                NONE,
                                second)) {
                            alone++;
                            inPairs += isFound(
                                            scorer,
                                            threshold,
                                            rows,
                                            from,
                                            second.to,
                                            start,
                                            baseline.copy(),
                                            alarms.copy(),
                                            first,
                                            second)
                                    ? 1
                                    : 0;
                        }
                    }
                }
            }
        }
        System.out.println("second breaks found: " + inPairs + " of " + alone + (isRough ? ", rough" : ", even"));
        assertThat(alone).isGreaterThan(20);
    }

    private Break anyBreak(int from, int to, double least, double most) {
        double height = NOISE * least * Math.pow(most / least, random.nextDouble());
        return new Break(from, to, random.nextInt(FEATURES), random.nextBoolean() ? height : -height);
    }

    /** Judges rows; returns whether the second break raised an alarm. The states learn. */
    private static boolean isFound(
            WindowScorer scorer,
            AlarmThreshold threshold,
            double[] rows,
            int from,
            int to,
            EntityBaseline start,
            EntityBaseline baseline,
            AlarmState alarms,
            Break first,
            Break second) {
        WindowBuffer buffer = new WindowBuffer(scorer.model().contextRows(), 0, FEATURES);
        double[] row = new double[FEATURES];
        boolean isFound = false;
        for (int i = from - scorer.model().contextRows() + 1; i < to; i++) {
            for (int j = 0; j < FEATURES; j++) {
                row[j] = rows[i * FEATURES + j] + first.at(i, j) + second.at(i, j);
            }
            int position = buffer.add(i * 60_000L, row, 0);
            if (buffer.windowEndsAt(position)) {
                scorer.add(buffer, position);
                boolean isAnomalous =
                        scorer.judge(0, baseline, start, threshold, alarms).isAnomalous();
                isFound |= isAnomalous && i >= second.from;
                scorer.clear();
            }
        }
        return isFound;
    }

    /** Features that follow three causes and the hour of the day, with noise. */
    private double[] rows(boolean isRough) {
        double[] rows = new double[(HISTORY + LIVE) * FEATURES];
        double[][] weights = new double[FEATURES][3];
        for (double[] of : weights) {
            Arrays.setAll(of, k -> random.nextGaussian());
        }
        double[] causes = new double[3];
        double volatility = 0;
        int burst = 0;
        for (int i = 0; i < HISTORY + LIVE; i++) {
            for (int k = 0; k < causes.length; k++) {
                causes[k] = 0.97 * causes[k] + 0.24 * random.nextGaussian();
            }
            volatility = 0.99 * volatility + 0.14 * random.nextGaussian();
            burst = random.nextInt(700) == 0 ? random.nextInt(1, 6) : Math.max(0, burst - 1);
            for (int j = 0; j < FEATURES; j++) {
                double value = j % 2 * Math.sin(2 * Math.PI * i / 1440);
                for (int k = 0; k < causes.length; k++) {
                    value += weights[j][k] * causes[k];
                }
                double noise = NOISE * random.nextGaussian();
                if (isRough) {
                    noise *= Math.exp(0.5 * volatility) * (random.nextInt(50) == 0 ? 3 : 1);
                    noise += burst > 0 && j % 3 == 0 ? 1.5 : 0;
                }
                rows[i * FEATURES + j] = value + noise;
            }
        }
        return rows;
    }
}
