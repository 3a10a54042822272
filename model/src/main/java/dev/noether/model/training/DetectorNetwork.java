package dev.noether.model.training;

import dev.noether.model.feature.Scaling;

/**
 * The trained network of a detector, with the data it was trained on.
 *
 * @param scaling scaling of raw values, estimated on the training part
 * @param train windows of the training part
 * @param validation windows of the validation part
 * @param symmetry symmetry that augmented the training windows, in words
 * @param trained network and report of its training
 * @param learnedPart whether the detector uses more than the linear base of the network
 */
record DetectorNetwork(
        Scaling scaling,
        WindowSet train,
        WindowSet validation,
        String symmetry,
        TrainedAutoencoder trained,
        LearnedPartDecision learnedPart) {}
