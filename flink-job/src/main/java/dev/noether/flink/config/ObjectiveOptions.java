package dev.noether.flink.config;

import dev.noether.model.method.TrainingMethod;
import dev.noether.model.symmetry.GeneratorStructure;
import java.io.Serializable;
import java.util.Locale;

/**
 * The training objective: the method and its settings.
 *
 * @param method training method
 * @param penaltyWeight weight of the method's penalty; 0 for methods without one
 * @param noise standard deviation of the noise of denoising and contractive, in the unit of the scaled values
 * @param generators form of the symmetry generators
 * @param generatorRank rank of each symmetry generator
 */
public record ObjectiveOptions(
        MethodKind method, double penaltyWeight, double noise, GeneratorStructure generators, int generatorRank)
        implements Serializable {
    public ObjectiveOptions {
        OptionRegistry.RETRAINING_METHOD.check(method);
        OptionRegistry.RETRAINING_PENALTY_WEIGHT.check(penaltyWeight);
        OptionRegistry.RETRAINING_NOISE.check(noise);
        OptionRegistry.RETRAINING_GENERATORS.check(generators);
        OptionRegistry.RETRAINING_GENERATOR_RANK.check(generatorRank);
        if (method.isWeighted() != penaltyWeight > 0) {
            throw new IllegalArgumentException(
                    "`retraining.penaltyWeight` must be %s where `retraining.method` is %s (got %s)"
                            .formatted(
                                    method.isWeighted() ? "above 0" : "0",
                                    method.name().toLowerCase(Locale.ROOT),
                                    penaltyWeight));
        }
    }

    /** The method with its settings. */
    public TrainingMethod trainingMethod() {
        return method.trainingMethod(this);
    }

    static ObjectiveOptions of(OptionValues values) {
        return new ObjectiveOptions(
                values.get(OptionRegistry.RETRAINING_METHOD),
                values.get(OptionRegistry.RETRAINING_PENALTY_WEIGHT),
                values.get(OptionRegistry.RETRAINING_NOISE),
                values.get(OptionRegistry.RETRAINING_GENERATORS),
                values.get(OptionRegistry.RETRAINING_GENERATOR_RANK));
    }
}
