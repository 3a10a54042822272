package dev.noether.lab.evaluate.measure;

import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.detect.JudgedSeries;
import dev.noether.lab.metric.DominantPeriod;
import dev.noether.lab.metric.EventDetection;
import dev.noether.lab.metric.EventMetrics;
import dev.noether.lab.metric.IncidentCount;
import dev.noether.lab.metric.LabelledEvent;
import dev.noether.lab.metric.VolumeUnderSurface;
import dev.noether.model.numeric.RankingMetrics;
import java.util.EnumMap;
import java.util.Map;

/**
 * Scores against labels. A row that was not scored ranks behind all others. The buffer of VUS is the dominant period of the
 * first feature, as in TSB-AD; for tables, whose rows have no neighbours, only the two areas of rows are measured. Stateless.
 */
public final class Measuring {
    private static final double TEN_THOUSAND = 10_000;

    private Measuring() {}

    /** The figures of a peer: its score is what it raises alarms on. */
    public static Figures ofPeer(EvaluationSeries series, float[] scores, double seconds) {
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        ranking(values, series, scores, scores);
        values.put(Measure.SECONDS, seconds / series.test().length() * TEN_THOUSAND);
        return Figures.of(values);
    }

    /** The figures of this detector. */
    public static Figures of(EvaluationSeries series, JudgedSeries judged) {
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        ranking(values, series, rankable(judged.scores()), rankable(judged.alarmScores()));
        if (!series.table()) {
            int normal = 0;
            for (boolean label : series.labels()) {
                normal += label ? 0 : 1;
            }
            IncidentCount count = IncidentCount.of(judged.incidents(), LabelledEvent.of(series.labels()));
            values.put(Measure.INCIDENTS_PER_EVENT, count.perFoundEvent());
            values.put(Measure.FALSE_INCIDENTS, count.falseIncidents() * TEN_THOUSAND / normal);
        }
        values.put(Measure.SECONDS, judged.secondsPerTenThousand());
        values.put(Measure.TRAIN_SECONDS, judged.trainSeconds());
        return Figures.of(values);
    }

    /** Scores that can be sorted: unscored rows below all. */
    static float[] rankable(double[] scores) {
        float[] rankable = new float[scores.length];
        for (int i = 0; i < scores.length; i++) {
            rankable[i] = Double.isNaN(scores[i]) ? Float.NEGATIVE_INFINITY : (float) scores[i];
        }
        return rankable;
    }

    private static void ranking(
            Map<Measure, Double> values, EvaluationSeries series, float[] scores, float[] alarmScores) {
        values.put(Measure.TIES_AT_TOP, (double) tiesAtTop(scores));
        boolean[] labels = series.labels();
        if (!hasBoth(labels)) {
            return;
        }
        values.put(Measure.AUC_PR, RankingMetrics.aucPr(scores, labels));
        values.put(Measure.AUC_ROC, RankingMetrics.aucRoc(scores, labels));
        if (series.table()) {
            return;
        }
        int buffer = DominantPeriod.of(series.test().column(0));
        VolumeUnderSurface volume =
                VolumeUnderSurface.of(scores, labels, buffer, VolumeUnderSurface.DEFAULT_THRESHOLDS);
        values.put(Measure.VUS_PR, volume.precisionRecall());
        values.put(Measure.VUS_ROC, volume.roc());
        values.put(Measure.EVENT_F1, EventMetrics.bestEventF1(scores, labels));
        at(values, alarmScores, labels, 1, Measure.EVENTS_AT_1, Measure.DELAY_AT_1);
        at(values, alarmScores, labels, 10, Measure.EVENTS_AT_10, Measure.DELAY_AT_10);
        at(values, alarmScores, labels, 100, Measure.EVENTS_AT_100, Measure.DELAY_AT_100);
    }

    private static void at(
            Map<Measure, Double> values, float[] scores, boolean[] labels, int allowed, Measure share, Measure delay) {
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

    private static boolean hasBoth(boolean[] labels) {
        boolean anomalous = false;
        boolean normal = false;
        for (boolean label : labels) {
            anomalous |= label;
            normal |= !label;
        }
        return anomalous && normal;
    }
}
