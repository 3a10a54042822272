package dev.noether.lab.evaluate.measure;

import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.detect.DetectorOutput;
import dev.noether.lab.metric.DelayedScores;
import dev.noether.lab.metric.DominantPeriod;
import dev.noether.lab.metric.EventDetection;
import dev.noether.lab.metric.EventMetrics;
import dev.noether.lab.metric.IncidentCount;
import dev.noether.lab.metric.LabelledEvent;
import dev.noether.lab.metric.UcrScore;
import dev.noether.lab.metric.VolumeUnderSurface;
import dev.noether.model.numeric.RankingMetrics;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Computes the metrics of a detector from its scores and the labels. A row that was not scored ranks below all others.
 * The largest buffer of VUS is the dominant period of the first feature, as in TSB-AD. Tables, whose rows have no
 * neighbours, only get AUC-PR and AUC-ROC. Stateless.
 */
public final class MetricCalculator {
    private static final double TEN_THOUSAND = 10_000;

    private MetricCalculator() {}

    /**
     * The metrics of a peer, whose anomaly score is also its alarm score.
     *
     * @param rankDelay rows by which the score is dated back for the delayed metrics; empty for none
     */
    public static MetricValues ofPeer(EvaluationSeries series, float[] scores, OptionalInt rankDelay, double seconds) {
        Map<DetectionMetric, Double> values = new EnumMap<>(DetectionMetric.class);
        ranking(values, series, scores, scores);
        rankDelay.ifPresent(delay -> delayedRanking(values, series, scores, delay));
        values.put(DetectionMetric.SECONDS, seconds / series.test().length() * TEN_THOUSAND);
        return MetricValues.of(values);
    }

    /** The metrics of this detector. */
    public static MetricValues of(EvaluationSeries series, DetectorOutput output) {
        Map<DetectionMetric, Double> values = new EnumMap<>(DetectionMetric.class);
        float[] scores = rankable(output.rows().scores());
        ranking(values, series, scores, rankable(output.rows().alarmScores()));
        output.rankDelay().ifPresent(delay -> delayedRanking(values, series, scores, delay));
        if (!series.table() && series.input().isLabelled()) {
            int normal = 0;
            for (boolean label : series.labels()) {
                normal += label ? 0 : 1;
            }
            IncidentCount count = IncidentCount.of(output.incidents(), LabelledEvent.of(series.labels()));
            values.put(DetectionMetric.INCIDENTS_PER_EVENT, count.perFoundEvent());
            values.put(DetectionMetric.FALSE_INCIDENTS, count.falseIncidents() * TEN_THOUSAND / normal);
        }
        values.put(DetectionMetric.SECONDS, output.timing().secondsPerTenThousand());
        values.put(DetectionMetric.TRAIN_SECONDS, output.timing().trainSeconds());
        return MetricValues.of(values);
    }

    /** Scores that can be sorted: an unscored row gets negative infinity. */
    static float[] rankable(double[] scores) {
        float[] rankable = new float[scores.length];
        for (int i = 0; i < scores.length; i++) {
            rankable[i] = Double.isNaN(scores[i]) ? Float.NEGATIVE_INFINITY : (float) scores[i];
        }
        return rankable;
    }

    private static void ranking(
            Map<DetectionMetric, Double> values, EvaluationSeries series, float[] scores, float[] alarmScores) {
        values.put(DetectionMetric.TIES_AT_TOP, (double) tiesAtTop(scores));
        boolean[] labels = series.labels();
        if (!hasBothClasses(labels)) {
            return;
        }
        values.put(DetectionMetric.AUC_PR, RankingMetrics.aucPr(scores, labels));
        values.put(DetectionMetric.AUC_ROC, RankingMetrics.aucRoc(scores, labels));
        if (series.table()) {
            return;
        }
        VolumeUnderSurface volume = volume(series, scores);
        values.put(DetectionMetric.VUS_PR, volume.precisionRecall());
        values.put(DetectionMetric.VUS_ROC, volume.roc());
        values.put(DetectionMetric.EVENT_F1, EventMetrics.bestEventF1(scores, labels));
        if (hasOneEvent(labels)) {
            values.put(DetectionMetric.UCR, (double) UcrScore.of(scores, labels));
        }
        at(values, alarmScores, labels, 1, DetectionMetric.EVENTS_AT_1, DetectionMetric.DELAY_AT_1);
        at(values, alarmScores, labels, 10, DetectionMetric.EVENTS_AT_10, DetectionMetric.DELAY_AT_10);
        at(values, alarmScores, labels, 100, DetectionMetric.EVENTS_AT_100, DetectionMetric.DELAY_AT_100);
    }

    /** Adds the metrics of the score that is dated back. A table has no order of rows, and so no delay. */
    private static void delayedRanking(
            Map<DetectionMetric, Double> values, EvaluationSeries series, float[] scores, int delay) {
        boolean[] labels = series.labels();
        if (series.table()) {
            return;
        }
        values.put(DetectionMetric.RANK_DELAY, (double) delay);
        if (!hasBothClasses(labels)) {
            return;
        }
        float[] delayed = DelayedScores.of(scores, delay);
        values.put(DetectionMetric.VUS_PR_DELAYED, volume(series, delayed).precisionRecall());
        if (hasOneEvent(labels)) {
            values.put(DetectionMetric.UCR_DELAYED, (double) UcrScore.of(delayed, labels));
        }
    }

    private static VolumeUnderSurface volume(EvaluationSeries series, float[] scores) {
        int buffer = DominantPeriod.of(series.test().column(0));
        return VolumeUnderSurface.of(scores, series.labels(), buffer, VolumeUnderSurface.DEFAULT_THRESHOLDS);
    }

    private static boolean hasOneEvent(boolean[] labels) {
        return LabelledEvent.of(labels).size() == 1;
    }

    private static void at(
            Map<DetectionMetric, Double> values,
            float[] scores,
            boolean[] labels,
            int allowed,
            DetectionMetric share,
            DetectionMetric delay) {
        EventDetection detection = EventMetrics.detection(scores, labels, allowed);
        values.put(share, detection.share());
        values.put(delay, detection.medianDelay());
    }

    private static int tiesAtTop(float[] scores) {
        float highest = Float.NEGATIVE_INFINITY;
        int ties = 0;
        for (float score : scores) {
            ties = score > highest ? 1 : ties + (score == highest ? 1 : 0);
            highest = Math.max(highest, score);
        }
        return ties;
    }

    private static boolean hasBothClasses(boolean[] labels) {
        boolean anomalous = false;
        boolean normal = false;
        for (boolean label : labels) {
            anomalous |= label;
            normal |= !label;
        }
        return anomalous && normal;
    }
}
