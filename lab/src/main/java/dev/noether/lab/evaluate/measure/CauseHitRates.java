package dev.noether.lab.evaluate.measure;

import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.dataset.TimedRows;
import dev.noether.lab.metric.CauseMetrics;
import dev.noether.lab.metric.EventCauses;
import dev.noether.lab.metric.Interpretation;
import dev.noether.lab.metric.LabelledEvent;
import java.util.List;
import java.util.Set;

/**
 * Hit rates of a ranking of features as causes of labelled events (HitRate@100 % and @150 %): per event, ranked by the
 * largest weight of each feature in it, and per row of an event. NaN if no event has labelled causes.
 *
 * @param event100 HitRate@100 % per event
 * @param event150 HitRate@150 % per event
 * @param row100 HitRate@100 % per row
 * @param row150 HitRate@150 % per row
 * @param events number of events with labelled causes
 */
public record CauseHitRates(double event100, double event150, double row100, double row150, int events) {
    private static final double LEAST_DEVIATION = 1e-6;
    /** Deviation of a feature that was constant in training: any change of it then counts much. */
    private static final double DEVIATION_OF_CONSTANTS = 0.01;

    /**
     * Computes the hit rates.
     *
     * @param series with labelled causes, joined to the labelled events by their start, see {@link Interpretation}
     * @param weights {@code [rows × features]}, comparable from row to row: ranks an event's features
     * @param shares {@code [rows × features]}, comparable within a row: ranks a row's features
     */
    public static CauseHitRates of(EvaluationSeries series, float[] weights, float[] shares) {
        int width = series.width();
        double[] sums = new double[4];
        int events = 0;
        int rows = 0;
        for (LabelledEvent event : LabelledEvent.of(series.labels())) {
            Set<Integer> causes = causesOf(series.causes(), event);
            if (causes.isEmpty()) {
                continue;
            }
            float[] largest = new float[width];
            float[] row = new float[width];
            for (int i = event.start(); i < event.end(); i++) {
                for (int j = 0; j < width; j++) {
                    largest[j] = Math.max(largest[j], weights[i * width + j]);
                    row[j] = shares[i * width + j];
                }
                int[] ranking = CauseMetrics.ranking(row);
                sums[2] += CauseMetrics.hitRate(ranking, causes, 100);
                sums[3] += CauseMetrics.hitRate(ranking, causes, 150);
                rows++;
            }
            int[] ranking = CauseMetrics.ranking(largest);
            sums[0] += CauseMetrics.hitRate(ranking, causes, 100);
            sums[1] += CauseMetrics.hitRate(ranking, causes, 150);
            events++;
        }
        return new CauseHitRates(sums[0] / events, sums[1] / events, sums[2] / rows, sums[3] / rows, events);
    }

    /** The control: features ranked by their squared deviation from the training mean, in training deviations. */
    public static CauseHitRates ofStaticDeviations(EvaluationSeries series) {
        float[] squares = staticSquares(series.train(), series.test());
        return of(series, squares, squares);
    }

    /** The mean over series with equal weights; NaN without series. */
    public static CauseHitRates mean(List<CauseHitRates> all) {
        return new CauseHitRates(
                all.stream().mapToDouble(CauseHitRates::event100).average().orElse(Double.NaN),
                all.stream().mapToDouble(CauseHitRates::event150).average().orElse(Double.NaN),
                all.stream().mapToDouble(CauseHitRates::row100).average().orElse(Double.NaN),
                all.stream().mapToDouble(CauseHitRates::row150).average().orElse(Double.NaN),
                all.stream().mapToInt(CauseHitRates::events).sum());
    }

    private static Set<Integer> causesOf(List<EventCauses> causes, LabelledEvent event) {
        return causes.stream()
                .filter(one -> one.event().start() == event.start())
                .findFirst()
                .map(EventCauses::features)
                .orElse(Set.of());
    }

    private static float[] staticSquares(TimedRows train, TimedRows test) {
        int width = train.width();
        float[] squares = new float[test.values().length];
        for (int j = 0; j < width; j++) {
            double mean = 0;
            for (int i = 0; i < train.length(); i++) {
                mean += train.values()[i * width + j] / (double) train.length();
            }
            double variance = 0;
            for (int i = 0; i < train.length(); i++) {
                double difference = train.values()[i * width + j] - mean;
                variance += difference * difference / train.length();
            }
            double deviation = Math.sqrt(variance);
            deviation = deviation < LEAST_DEVIATION ? DEVIATION_OF_CONSTANTS : deviation;
            for (int i = 0; i < test.length(); i++) {
                double z = (test.values()[i * width + j] - mean) / deviation;
                squares[i * width + j] = (float) (z * z);
            }
        }
        return squares;
    }
}
