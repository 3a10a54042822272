package dev.noether.flink.config;

import java.io.Serializable;

/**
 * The model of a detector: its input, its network and its training.
 *
 * @param window size of the model's input
 * @param model network, engine and store
 * @param retraining when and how a model is trained
 * @param signing signatures of model artifacts
 */
public record ModellingOptions(
        WindowOptions window, ModelOptions model, RetrainingOptions retraining, SigningOptions signing)
        implements Serializable {
    static ModellingOptions of(OptionValues values) {
        return new ModellingOptions(
                WindowOptions.of(values),
                ModelOptions.of(values),
                RetrainingOptions.of(values),
                SigningOptions.of(values));
    }
}
