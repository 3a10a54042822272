package dev.noether.model.training;

import dev.noether.model.alarm.AlarmState;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.ScalingKind;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.scoring.WindowScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One entity with rows of each minute: a model is trained on its first rows and judges the others. */
final class SimulatedEntity {
    private static final long MINUTE = 60_000;
    private static final String NAME = "entity";

    private SimulatedEntity() {}

    /**
     * Trains on the first rows.
     *
     * @param windowRows rows that the reconstruction reads
     * @param forecastRows rows that the forecast reads
     */
    static ModelArtifact train(
            Engine engine, double[] rows, int features, int history, int windowRows, int forecastRows) {
        List<String> names = new ArrayList<>();
        for (int j = 0; j < features; j++) {
            names.add("f" + j);
        }
        DetectorOptions options = new DetectorOptions(
                new NetworkOptions(windowRows, Math.min(10, features), List.of(), Architecture.PCA_RESIDUAL),
                forecastRows,
                ScalingKind.STANDARD,
                TrainingOptions.defaults().withEpochs(1).withLearningRate(1e-9),
                new HistoryOptions(100, 0.15, 0.15),
                WindowSymmetry.NONE,
                ScoreRule.DEFAULT);
        long[] times = new long[history];
        Arrays.setAll(times, i -> i * MINUTE);
        EntityHistory entity = EntityHistory.of(NAME, times, Arrays.copyOf(rows, history * features));
        return new DetectorTrainer(engine, options)
                .train(new FeatureSchema(names), List.of(entity), new TreeMap<>(), TrainingProgress.SILENT)
                .model();
    }

    /**
     * Judges the rows after the history.
     *
     * @param rate promised alarms for each row
     * @return whether each row raised an alarm
     */
    static boolean[] judge(Engine engine, ModelArtifact model, double[] rows, int history, double rate) {
        return judge(engine, model, rows, history, rate, judgement -> {});
    }

    /**
     * Judges the rows after the history.
     *
     * @param rate promised alarms for each row
     * @param reader sees each judgement
     * @return whether each row raised an alarm
     */
    static boolean[] judge(
            Engine engine, ModelArtifact model, double[] rows, int history, double rate, Consumer<Judgement> reader) {
        int features = model.features().size();
        boolean[] alarms = new boolean[rows.length / features - history];
        AlarmThreshold threshold = new AlarmThreshold(model.calibration(), rate, model.adaptation());
        AlarmState state = threshold.start();
        EntityBaseline start = model.startingBaseline(NAME);
        EntityBaseline baseline = start.copy();
        WindowBuffer buffer = new WindowBuffer(model.contextRows(), 0, features);
        try (WindowScorer scorer = new WindowScorer(model, engine, 1)) {
            for (int i = history - model.contextRows(); i < history + alarms.length; i++) {
                int position = buffer.add(i * MINUTE, rows, i * features);
                if (i >= history) {
                    scorer.add(buffer, position);
                    Judgement judgement = scorer.judge(0, baseline, start, threshold, state);
                    alarms[i - history] = judgement.isAnomalous();
                    reader.accept(judgement);
                    scorer.clear();
                }
            }
        }
        return alarms;
    }
}
