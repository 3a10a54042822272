package dev.noether.flink.config;

import dev.noether.model.feature.ScalingKind;
import dev.noether.model.method.TrainingMethod;
import dev.noether.model.symmetry.GeneratorStructure;
import dev.noether.model.training.WindowSymmetry;
import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;

/**
 * How a model is trained anew.
 *
 * @param interval how often a scheduler starts the retraining job
 * @param history how far back in event time the job reads
 * @param activationDelay how far behind the newest observation, in event time, a new model takes effect
 * @param minRows fewer rows than this in the history: no model is made
 * @param maxRows more rows than this in the history: a sample of this many is trained on
 * @param epochs at most this many passes over the rows
 * @param batchSize rows in one gradient step
 * @param learningRate Adam's step
 * @param patience epochs without a better validation loss before training stops
 * @param method what is done beside reconstructing
 * @param penaltyWeight weight of the method's penalty; 0 for methods without one
 * @param noise deviation of the noise of denoising and contractive, in the unit of the scaled values
 * @param generators form of the symmetry generators
 * @param generatorRank rank of each symmetry generator
 * @param symmetry whether a symmetry of the windows is looked for
 * @param validationFraction part of the history's end that early stopping looks at
 * @param calibrationFraction part of the history's end that the alarms are calibrated on where the network uses what it learned
 * @param seed of the initial weights, the sample and the order of the batches
 * @param scaling how raw values are brought to one scale
 */
public record RetrainingOptions(
        Duration interval,
        Duration history,
        Duration activationDelay,
        int minRows,
        int maxRows,
        int epochs,
        int batchSize,
        double learningRate,
        int patience,
        MethodKind method,
        double penaltyWeight,
        double noise,
        GeneratorStructure generators,
        int generatorRank,
        WindowSymmetry symmetry,
        double validationFraction,
        double calibrationFraction,
        long seed,
        ScalingKind scaling)
        implements Serializable {
    public RetrainingOptions {
        Options.RETRAINING_INTERVAL.check(interval);
        Options.RETRAINING_HISTORY.check(history);
        Options.RETRAINING_ACTIVATION_DELAY.check(activationDelay);
        Options.RETRAINING_MIN_ROWS.check(minRows);
        Options.RETRAINING_MAX_ROWS.check(maxRows);
        Options.RETRAINING_EPOCHS.check(epochs);
        Options.RETRAINING_BATCH_SIZE.check(batchSize);
        Options.RETRAINING_LEARNING_RATE.check(learningRate);
        Options.RETRAINING_PATIENCE.check(patience);
        Options.RETRAINING_METHOD.check(method);
        Options.RETRAINING_PENALTY_WEIGHT.check(penaltyWeight);
        Options.RETRAINING_NOISE.check(noise);
        Options.RETRAINING_GENERATORS.check(generators);
        Options.RETRAINING_GENERATOR_RANK.check(generatorRank);
        Options.RETRAINING_SYMMETRY.check(symmetry);
        Options.RETRAINING_VALIDATION_FRACTION.check(validationFraction);
        Options.RETRAINING_CALIBRATION_FRACTION.check(calibrationFraction);
        Options.RETRAINING_SEED.check(seed);
        Options.RETRAINING_SCALING.check(scaling);
        if (minRows > maxRows) {
            throw new IllegalArgumentException("`retraining.minRows` must be at most `retraining.maxRows` (got "
                    + minRows + " and " + maxRows + ")");
        }
        if (method.isWeighted() != penaltyWeight > 0) {
            throw new IllegalArgumentException(
                    "`retraining.penaltyWeight` must be %s where `retraining.method` is %s (got %s)"
                            .formatted(
                                    method.isWeighted() ? "above 0" : "0",
                                    method.name().toLowerCase(Locale.ROOT),
                                    penaltyWeight));
        }
        if (!(validationFraction + calibrationFraction < 1)) {
            throw new IllegalArgumentException(
                    "`retraining.validationFraction` and `retraining.calibrationFraction` must leave rows to train on:"
                            + " together less than 1 (got " + validationFraction + " and " + calibrationFraction
                            + ")");
        }
    }

    /** The method with its settings. */
    public TrainingMethod trainingMethod() {
        return method.method(this);
    }
}
