package dev.noether.model.gate;

import dev.noether.model.training.TrainedDetector;

/**
 * The result of a training with a gate.
 *
 * @param trained the final model; if the trial model was refused, the trial model
 * @param report the gate's figures
 */
public record GatedDetector(TrainedDetector trained, GateReport report) {}
