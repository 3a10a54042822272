package dev.noether.model.training;

/**
 * What an epoch came to.
 *
 * @param trainError mean squared error of the training windows, each measured before the step it took part in
 * @param penalty mean of the symmetry penalty over the steps, without its weight; 0 if it is off
 * @param validationError mean squared error of the validation windows after the epoch
 */
public record EpochReport(double trainError, double penalty, double validationError) {}
