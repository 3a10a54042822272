package dev.noether.model.training;

import java.time.Duration;
import java.util.List;

/**
 * The course of a training.
 *
 * @param initialValidationError mean squared error of the validation windows before the first step
 * @param epochs reports of the completed epochs, in order
 * @param bestEpoch epoch of the returned parameters, from 1; 0 if no epoch improved the initial parameters
 * @param bestValidationError mean squared error of the validation windows with the returned parameters
 * @param steps number of optimiser steps, without those of diverged attempts
 * @param learningRate learning rate of the attempt that succeeded
 * @param divergedAttempts number of earlier attempts that diverged
 * @param duration elapsed time of all attempts
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
