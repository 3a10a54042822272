/**
 * Training. {@link dev.noether.model.training.AutoencoderTrainer} trains a network on windows; {@link
 * dev.noether.model.training.DetectorTrainer} makes a complete model from the histories of entities: gaps, split,
 * network, forecast, cross-fit, baselines, calibration and provenance. {@link dev.noether.model.training.BlockSampler}
 * keeps a bounded sample of a history.
 *
 * <p>May use all other packages of the model.
 */
@NullMarked
package dev.noether.model.training;

import org.jspecify.annotations.NullMarked;
