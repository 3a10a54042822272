/**
 * The default model for sets of series, the method {@code default} of the reproduction: a residual autoencoder on
 * principal components. It trains on series that are moved along a learned symmetry if validation prefers that, else on
 * the series alone.
 *
 * <p>Start at {@link dev.noether.lab.series.SeriesModelTrainer}; the result is a {@link
 * dev.noether.lab.series.SeriesModel}. {@link dev.noether.lab.series.SymmetryPortrait} holds the numbers of a drawing
 * of the chosen symmetry. Uses the network, training and symmetry packages of the model.
 */
@NullMarked
package dev.noether.lab.series;

import org.jspecify.annotations.NullMarked;
