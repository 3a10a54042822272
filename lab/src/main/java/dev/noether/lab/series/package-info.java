/**
 * The default model for series: a residual autoencoder on principal components, trained on series that are moved along a
 * symmetry learned from them, or on the series alone, whichever a part of the training series held out prefers.
 *
 * <p>From left to right: {@link dev.noether.model.series.SeriesModelOptions},
 * {@link dev.noether.model.series.SeriesModelTrainer}, {@link dev.noether.model.series.SeriesModel}, and
 * {@link dev.noether.model.series.SymmetryPortrait}, the numbers of a picture of what was learned.
 *
 * <p>May use all other packages of the model.
 */
@NullMarked
package dev.noether.lab.series;

import org.jspecify.annotations.NullMarked;
