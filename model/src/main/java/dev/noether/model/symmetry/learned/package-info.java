/**
 * The symmetry of a data set, learned from the differences of near neighbours, and its use for data augmentation. The
 * generators are learned from pairs before training, not together with the network; finite steps along their flow move
 * the training data.
 *
 * <p>The steps in order: {@link dev.noether.model.symmetry.learned.NeighbourPairs} of the training series; a
 * {@link dev.noether.model.symmetry.learned.GeneratorDictionary} of possible motions; the
 * {@link dev.noether.model.symmetry.learned.GeneratorCovarianceEstimator}, which estimates how much each generator
 * contributes (or, for rows that are not time series, the
 * {@link dev.noether.model.symmetry.learned.RotationEstimator}); a
 * {@link dev.noether.model.symmetry.learned.SymmetryFlow};
 * {@link dev.noether.model.symmetry.learned.OrbitAugmentation}; and
 * {@link dev.noether.model.symmetry.learned.SymmetrySelection}, which chooses by cross-validation, "none" included.
 *
 * <p>Source of the idea: R. Cosentino, R. Balestriero, R. Baraniuk, B. Aazhang, "Deep Autoencoders: From Understanding
 * to Generalization Guarantees", MSML 2021 (PMLR 145), Sec. 4: data as the orbit {@code x(θ) = exp(Σ θ_k G_k) x(0)}.
 * The estimators are this project's own.
 *
 * <p>May use {@code dev.noether.model.series} and {@code dev.noether.model.numeric}. Plain Java in double precision;
 * every result is a function of the data, the options and a seed.
 */
@NullMarked
package dev.noether.model.symmetry.learned;

import org.jspecify.annotations.NullMarked;
