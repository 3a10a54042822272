package dev.noether.lab.evaluate.detect;

import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.dataset.TimedRows;
import dev.noether.lab.tabular.TabularDetector;
import dev.noether.lab.tabular.TabularDetectorTrainer;
import dev.noether.lab.tabular.TabularOptions;
import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineChoice;
import dev.noether.model.training.TrainingProgress;
import dev.noether.schemas.Verdict;
import java.util.Arrays;
import java.util.List;

/**
 * Scores independent rows. A second detector, trained without the last fifth of the rows, scores this fifth to
 * calibrate the p-values: the first detector knows its own training rows, so that their scores would be too low.
 */
final class TableBacktest {
    /** Alarms per row. A budget per day makes no sense for rows without time. */
    private static final double ALARM_BUDGET = 0.01;

    private TableBacktest() {}

    static DetectorOutput run(EvaluationSeries series) {
        TimedRows train = series.train();
        TimedRows test = series.test();
        long start = System.nanoTime();
        try (Engine engine = EngineChoice.AUTO.open()) {
            TabularDetectorTrainer trainer = new TabularDetectorTrainer(engine, TabularOptions.defaults());
            TabularDetector detector =
                    trainer.train(train.values(), train.length(), train.width(), TrainingProgress.SILENT);
            TailCalibration calibration = calibration(engine, trainer, train);
            double trainSeconds = (System.nanoTime() - start) * 1e-9;
            long scoring = System.nanoTime();
            double[] scores = detector.score(engine, test.values(), test.length());
            double seconds = (System.nanoTime() - scoring) * 1e-9 / test.length() * 10_000;
            double[] pValues = new double[scores.length];
            Verdict[] verdicts = new Verdict[scores.length];
            for (int row = 0; row < scores.length; row++) {
                pValues[row] = Math.max(Double.MIN_NORMAL, calibration.pValue(scores[row]));
                verdicts[row] = pValues[row] < ALARM_BUDGET ? Verdict.ANOMALOUS : Verdict.NORMAL;
            }
            return new DetectorOutput(
                    new DetectorOutput.RowScores(scores, scores.clone(), pValues, verdicts),
                    null,
                    List.of(),
                    new DetectorOutput.AlarmRule(ALARM_BUDGET, null),
                    new DetectorOutput.Timing(trainSeconds, seconds));
        }
    }

    private static TailCalibration calibration(Engine engine, TabularDetectorTrainer trainer, TimedRows train) {
        int heldOut = train.length() / 5;
        int trainingRows = train.length() - heldOut;
        TabularDetector other = trainer.train(train.values(), trainingRows, train.width(), TrainingProgress.SILENT);
        float[] rows = Arrays.copyOfRange(train.values(), trainingRows * train.width(), train.values().length);
        double[] scores = other.score(engine, rows, heldOut);
        float[] narrowed = new float[heldOut];
        for (int row = 0; row < heldOut; row++) {
            narrowed[row] = (float) scores[row];
        }
        return TailCalibration.of(List.of(narrowed));
    }
}
