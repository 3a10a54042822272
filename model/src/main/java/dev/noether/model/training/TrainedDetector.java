package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;

/**
 * What training a detector gives.
 *
 * @param model the model
 * @param report of the network's training
 * @param trainWindows windows that it was trained on
 * @param validationWindows windows that stopped it
 * @param from event time of the first row, milliseconds since 1970 UTC
 * @param to event time of the last row plus one
 */
public record TrainedDetector(
        ModelArtifact model, TrainingReport report, int trainWindows, int validationWindows, long from, long to) {}
