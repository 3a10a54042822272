/**
 * Scoring: {@link dev.noether.model.scoring.WindowScorer} computes the residuals of the newest row of each window,
 * compares them with the baseline of its entity, and returns a {@link dev.noether.model.scoring.Judgement}. May use
 * {@code alarm}, {@code artifact}, {@code autoencoder}, {@code calibration}, {@code engine} and {@code feature}.
 */
@NullMarked
package dev.noether.model.scoring;

import org.jspecify.annotations.NullMarked;
