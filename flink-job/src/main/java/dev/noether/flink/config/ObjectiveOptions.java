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
        RetrainingSection.METHOD.check(method);
        RetrainingSection.PENALTY_WEIGHT.check(penaltyWeight);
        RetrainingSection.NOISE.check(noise);
        RetrainingSection.GENERATORS.check(generators);
        RetrainingSection.GENERATOR_RANK.check(generatorRank);
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
                values.get(RetrainingSection.METHOD),
                values.get(RetrainingSection.PENALTY_WEIGHT),
                values.get(RetrainingSection.NOISE),
                values.get(RetrainingSection.GENERATORS),
                values.get(RetrainingSection.GENERATOR_RANK));
    }
}
