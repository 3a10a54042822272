package dev.noether.model.training;

import java.time.Duration;
import java.util.List;

/**
 * How a training went.
 *
 * @param initialValidationError mean squared error of the validation windows before the first step
 * @param epochs one entry for each epoch that was run, in order
 * @param bestEpoch the epoch whose parameters were kept, from 1; 0 if none was better than the initial parameters
 * @param bestValidationError mean squared error of the validation windows with the parameters that were kept
 * @param steps number of optimiser steps, without those of diverged attempts
 * @param learningRate the learning rate of the attempt that succeeded
 * @param divergedAttempts number of attempts before it that diverged
 * @param duration time spent, with the diverged attempts
 */
public record TrainingReport(
        double initialValidationError,
        List<EpochReport> epochs,
        int bestEpoch,
        double bestValidationError,
        long steps,
        double learningRate,
        int divergedAttempts,
        Duration duration) {

    /** Copies the list. */
    public TrainingReport {
        epochs = List.copyOf(epochs);
    }
}
