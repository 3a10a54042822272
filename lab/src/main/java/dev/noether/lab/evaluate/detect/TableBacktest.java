package dev.noether.lab.evaluate.detect;

import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.dataset.Rows;
import dev.noether.lab.tabular.TabularDetector;
import dev.noether.lab.tabular.TabularDetectorTrainer;
import dev.noether.lab.tabular.TabularOptions;
import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineKind;
import dev.noether.model.training.TrainingProgress;
import dev.noether.schemas.Verdict;
import java.util.Arrays;
import java.util.List;

/**
 * Judges independent rows. The p-values come from a second detector that was trained without the last fifth of the rows, by how
 * that one scored this fifth: a row that a detector keeps to compare with is no stranger to it.
 */
final class TableBacktest {
    /** There is no time to divide a budget by. */
    private static final double PROMISED_RATE = 0.01;

    private TableBacktest() {}

    static JudgedSeries run(EvaluationSeries series) {
        Rows train = series.train();
        Rows test = series.test();
        long start = System.nanoTime();
        try (Engine engine = EngineKind.AUTO.open()) {
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
                verdicts[row] = pValues[row] < PROMISED_RATE ? Verdict.ANOMALOUS : Verdict.NORMAL;
            }
            return new JudgedSeries(
                    scores,
                    scores.clone(),
                    pValues,
                    verdicts,
                    null,
                    null,
                    List.of(),
                    PROMISED_RATE,
                    trainSeconds,
                    seconds);
        }
    }

    private static TailCalibration calibration(Engine engine, TabularDetectorTrainer trainer, Rows train) {
        int heldOut = train.length() / 5;
        int kept = train.length() - heldOut;
        TabularDetector other = trainer.train(train.values(), kept, train.width(), TrainingProgress.SILENT);
        float[] rows = Arrays.copyOfRange(train.values(), kept * train.width(), train.values().length);
        double[] scores = other.score(engine, rows, heldOut);
        float[] narrowed = new float[heldOut];
        for (int row = 0; row < heldOut; row++) {
            narrowed[row] = (float) scores[row];
        }
        return TailCalibration.of(List.of(narrowed));
    }
}
