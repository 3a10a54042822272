package dev.noether.lab.evaluate.detect;

import dev.noether.lab.evaluate.portrait.ShapePortrait;
import dev.noether.lab.metric.LabelledEvent;
import dev.noether.model.alarm.AdaptationRates;
import dev.noether.model.alarm.AlarmState;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.alarm.TailCalibration;
import dev.noether.schemas.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The output of this detector for all test rows of a series. The arrays are not copied: treat them as read-only.
 *
 * @param rows scores and verdicts of the test rows
 * @param contributions of the features to each row's score; null if the series has no labelled causes
 * @param incidents row ranges, each from an incident's opening to its last alarm
 * @param alarms the alarm budget and the calibration behind the verdicts
 * @param timing of training and scoring
 * @param findings what the alarms are about
 * @param rankDelay rows by which the scores are dated back for a second ranking, usually one period of the model; empty
 *     if the model knows no period
 * @param portrait what the shape view has learned; null if the model has none
 * @param shape whether shapes are judged, as a sentence; empty if that is not known
 */
public record DetectorOutput(
        RowScores rows,
        @Nullable FeatureContributions contributions,
        List<LabelledEvent> incidents,
        AlarmRule alarms,
        Timing timing,
        Findings findings,
        OptionalInt rankDelay,
        @Nullable ShapePortrait portrait,
        String shape) {
    /** Makes an output without findings and without a delay. */
    public DetectorOutput(
            RowScores rows,
            @Nullable FeatureContributions contributions,
            List<LabelledEvent> incidents,
            AlarmRule alarms,
            Timing timing) {
        this(
                rows,
                contributions,
                incidents,
                alarms,
                timing,
                new Findings(List.of(), new double[0]),
                OptionalInt.empty(),
                null,
                "");
    }

    /**
     * Returns the same output with a delay.
     *
     * @param delay in rows, at least 0
     */
    public DetectorOutput withRankDelay(int delay) {
        return new DetectorOutput(
                rows, contributions, incidents, alarms, timing, findings, OptionalInt.of(delay), portrait, shape);
    }

    /** Returns the same output with a portrait of the shape view. */
    public DetectorOutput withPortrait(@Nullable ShapePortrait other) {
        return new DetectorOutput(rows, contributions, incidents, alarms, timing, findings, rankDelay, other, shape);
    }

    /** The row with the largest alarm score of all incidents, or of all rows if there are none; −1 without scores. */
    public int strongestRow() {
        int strongest = -1;
        List<LabelledEvent> searched = incidents.isEmpty() ? List.of(new LabelledEvent(0, length())) : incidents;
        for (LabelledEvent incident : searched) {
            for (int row = incident.start(); row < Math.min(incident.end(), length()); row++) {
                double score = rows.alarmScores()[row];
                if (!Double.isNaN(score) && (strongest < 0 || score > rows.alarmScores()[strongest])) {
                    strongest = row;
                }
            }
        }
        return strongest;
    }

    /**
     * What the alarms are about.
     *
     * @param sentences the description of each incident, in the order of the incidents
     * @param shares {@code [features]}, each feature's shares of all anomalous scores, summed; empty if unknown
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Findings(List<String> sentences, double[] shares) {}

    /**
     * Scores and verdicts, one for each test row.
     *
     * @param scores {@code [rows]}, anomaly scores; NaN for a row that was not scored
     * @param alarmScores {@code [rows]}, scores that alarms are raised on; NaN for a row that was not scored
     * @param pValues {@code [rows]}; NaN if unknown
     * @param verdicts {@code [rows]}
     * @param thresholds {@code [rows]}, thresholds of the alarm scores; NaN if unknown
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record RowScores(
            double[] scores, double[] alarmScores, double[] pValues, Verdict[] verdicts, double[] thresholds) {
        /** Makes scores with unknown thresholds. */
        public RowScores(double[] scores, double[] alarmScores, double[] pValues, Verdict[] verdicts) {
            this(scores, alarmScores, pValues, verdicts, new double[scores.length]);
            Arrays.fill(thresholds, Double.NaN);
        }
    }

    /**
     * Contributions of the features.
     *
     * @param weights {@code [rows × features]}, comparable between rows
     * @param shares {@code [rows × features]}, shares of a row's score
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record FeatureContributions(float[] weights, float[] shares) {}

    /**
     * The rule that raises alarms.
     *
     * @param budget alarms per row that the detector promises, in (0, 1)
     * @param calibration of the alarm scores for an adaptive threshold; null if alarms follow the p-values alone
     * @param adaptation how the threshold adapts
     */
    public record AlarmRule(double budget, @Nullable TailCalibration calibration, AdaptationRates adaptation) {
        /** Makes the rule of a detector with the usual adaptation. */
        public AlarmRule(double budget, @Nullable TailCalibration calibration) {
            this(budget, calibration, AdaptationRates.DEFAULT);
        }
    }

    /**
     * Durations.
     *
     * @param trainSeconds duration of the training
     * @param secondsPerTenThousand duration of scoring 10,000 rows in the running job
     */
    public record Timing(double trainSeconds, double secondsPerTenThousand) {}

    /** Number of rows. */
    public int length() {
        return rows.scores().length;
    }

    /**
     * The alarms under another budget, {@code [rows]}: of the adaptive threshold, started for that budget and run over
     * the same scores; without a calibration, of the p-values.
     *
     * @param budget alarms per row, in (0, 0.1]
     */
    public boolean[] alarmsAt(double budget) {
        boolean[] raised = new boolean[length()];
        TailCalibration calibration = alarms.calibration();
        if (calibration == null) {
            for (int i = 0; i < raised.length; i++) {
                raised[i] = rows.pValues()[i] <= budget;
            }
            return raised;
        }
        AlarmThreshold threshold = new AlarmThreshold(calibration, budget, alarms.adaptation());
        AlarmState state = threshold.start();
        for (int i = 0; i < raised.length; i++) {
            raised[i] = threshold.judge(state, rows.alarmScores()[i]);
        }
        return raised;
    }

    /** The alarms of the verdicts, {@code [rows]}. */
    public boolean[] verdictAlarms() {
        boolean[] raised = new boolean[length()];
        for (int i = 0; i < raised.length; i++) {
            raised[i] = rows.verdicts()[i] == Verdict.ANOMALOUS;
        }
        return raised;
    }
}
