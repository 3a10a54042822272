package dev.noether.lab.reproduce.protocol;

/**
 * What a search chooses.
 *
 * @param learningRate of Adam
 * @param strength penalty weight or deviation of noise; 0 for a method that has none
 */
public record Hyperparameters(double learningRate, double strength) {}
