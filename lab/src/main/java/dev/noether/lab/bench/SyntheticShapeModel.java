package dev.noether.lab.bench;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.retrain.TrainingOperator;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.shape.ShapeChoice;
import dev.noether.model.shape.ShapeOptions;
import dev.noether.model.training.DetectorTrainer;
import dev.noether.model.training.EntityHistory;
import java.util.List;
import java.util.TreeMap;

/** A trained model with a shape view of the signal of {@link SyntheticObservations#repeating}. */
final class SyntheticShapeModel {
    private static final int PERIODS = 100;
    private static final long SEED = 7;

    private SyntheticShapeModel() {}

    /**
     * Trains a model.
     *
     * @param config settings of a detector with one feature
     * @param period period of the signal in rows
     */
    static ModelArtifact of(DetectorConfig config, int period) {
        SyntheticObservations signal = SyntheticObservations.repeating(config.features(), 1, period, SEED);
        long[] times = new long[PERIODS * period];
        float[] values = new float[times.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = SyntheticObservations.FIRST_TIME + i * SyntheticObservations.PERIOD_MILLIS;
            values[i] = signal.values()[0];
        }
        try (Engine engine = config.model().engine().open()) {
            ModelArtifact model = new DetectorTrainer(
                            engine, TrainingOperator.detectorOptions(config), ShapeOptions.of(ShapeChoice.ON))
                    .train(
                            config.features(),
                            List.of(EntityHistory.of("entity-0", times, values)),
                            new TreeMap<>(),
                            (completed, of, trainError, validationError) -> {})
                    .model();
            if (model.shape() == null) {
                throw new IllegalStateException("the model has no shape view: " + model.provenance());
            }
            return model;
        }
    }
}
