package dev.noether.model.training;

/**
 * What an epoch came to.
 *
 * @param trainError mean squared error of the training windows, each measured before the step it took part in
 * @param penalty mean over the steps of what the method adds to the loss, without its weight if it has one; 0 if nothing
 * @param validationError mean squared error of the validation windows after the epoch
 */
public record EpochReport(double trainError, double penalty, double validationError) {}
