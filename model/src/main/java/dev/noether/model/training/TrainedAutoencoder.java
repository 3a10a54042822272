package dev.noether.model.training;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.symmetry.LowRankGenerators;
import java.util.Optional;

/**
 * What a training gives.
 *
 * @param autoencoder the network with the best validation error
 * @param generators the symmetry generators learned with it, if the penalty was on
 * @param report how it went
 */
public record TrainedAutoencoder(
        Autoencoder autoencoder, Optional<LowRankGenerators> generators, TrainingReport report) {}
