package dev.noether.model.training;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.symmetry.Generators;
import java.util.Optional;

/**
 * The result of training an autoencoder.
 *
 * @param autoencoder the network with the best validation error
 * @param generators the symmetry generators learned with it, if the method learns any
 * @param report course of the training
 */
public record TrainedAutoencoder(Autoencoder autoencoder, Optional<Generators> generators, TrainingReport report) {}
