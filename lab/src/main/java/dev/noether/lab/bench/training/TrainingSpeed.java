package dev.noether.lab.bench.training;

/**
 * The training speed of a network with a method.
 *
 * @param network widths of the layers
 * @param batch number of windows of a step
 * @param method name of the method
 * @param stepsPerSecond optimiser steps per second, median of the rounds
 * @param cost time of a step divided by that of a plain step in the same round, median of the rounds
 * @param costs relative time of a step in each round
 */
record TrainingSpeed(String network, int batch, String method, double stepsPerSecond, double cost, double[] costs) {}
