/**
 * A trained model ({@link dev.noether.model.artifact.ModelArtifact}) and its file format ({@link
 * dev.noether.model.artifact.ArtifactCodec}), an Avro object container. May use {@code alarm}, {@code autoencoder},
 * {@code calibration}, {@code feature}, {@code hash} and {@code repeat}.
 */
@NullMarked
package dev.noether.model.artifact;

import org.jspecify.annotations.NullMarked;
