package dev.noether.flink.retrain;

import dev.noether.model.training.TrainingRefusedException;
import java.util.List;

/** Features of the detector have no value in the whole history: their names are misspelt, or nobody reports them. */
public final class UnreportedFeaturesException extends TrainingRefusedException {
    private static final long serialVersionUID = 1L;

    private final List<String> features;

    /**
     * Makes the exception.
     *
     * @param message the fault, with the solution
     * @param features names of the features, at least one
     */
    public UnreportedFeaturesException(String message, List<String> features) {
        super(message);
        this.features = List.copyOf(features);
    }

    /** Returns the names of the features. */
    public List<String> features() {
        return features;
    }
}
