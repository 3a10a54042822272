package dev.noether.schemas;

/**
 * The calibration that a model release announces. The threshold is a quantile of the scores of held-out normal data.
 *
 * @param quantile the quantile, in (0, 1)
 * @param threshold the threshold
 * @param size number of held-out normal scores
 */
public record ReleaseCalibration(double quantile, double threshold, long size) {}
