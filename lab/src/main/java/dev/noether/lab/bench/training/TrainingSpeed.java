package dev.noether.lab.bench.training;

/**
 * How fast a network trains with a method.
 *
 * @param network widths of the layers
 * @param batch windows of a step
 * @param method how it is called
 * @param stepsPerSecond optimiser steps, median of the rounds
 * @param cost time of a step by that of a plain one in the same round, median of the rounds
 * @param costs the same of each round
 */
record TrainingSpeed(String network, int batch, String method, double stepsPerSecond, double cost, double[] costs) {}
