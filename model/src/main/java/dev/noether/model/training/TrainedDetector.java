package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;

/**
 * The result of training a detector.
 *
 * @param model the calibrated model
 * @param report course of the network's training
 * @param trainWindows number of windows in the training part
 * @param validationWindows number of windows in the validation part
 * @param from event time of the first row, milliseconds since 1970 UTC
 * @param to event time of the last row plus one
 */
public record TrainedDetector(
        ModelArtifact model, TrainingReport report, int trainWindows, int validationWindows, long from, long to) {}
