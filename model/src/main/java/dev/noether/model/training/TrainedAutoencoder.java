package dev.noether.model.training;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.symmetry.Generators;
import java.util.Optional;

/**
 * What a training gives.
 *
 * @param autoencoder the network with the best validation error
 * @param generators the symmetry generators learned with it, if the method learns any
 * @param report how it went
 */
public record TrainedAutoencoder(Autoencoder autoencoder, Optional<Generators> generators, TrainingReport report) {}
