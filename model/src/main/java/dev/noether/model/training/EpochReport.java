package dev.noether.model.training;

/**
 * Errors of one epoch.
 *
 * @param trainError mean squared error of the training windows, each measured before the step it took part in
 * @param penalty mean over the steps of the term that the method adds to the loss, without its weight; 0 if none
 * @param validationError mean squared error of the validation windows after the epoch
 */
public record EpochReport(double trainError, double penalty, double validationError) {}
