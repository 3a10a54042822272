/**
 * The model as a file: one Avro object container with everything that scoring needs, and nothing that changes from run to
 * run. Uses the features, the autoencoder, the scoring baseline and the calibration.
 */
@NullMarked
package dev.noether.model.artifact;

import org.jspecify.annotations.NullMarked;
