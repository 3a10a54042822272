/**
 * The symmetry of a data set, learned from the data: how near neighbours differ tells along which motions a series may
 * move and still be one of its kind. The generators are learned from pairs, not with the network, and the training data is
 * moved along their flow by finite steps.
 *
 * <p>From left to right: {@link dev.noether.model.symmetry.learned.NeighbourPairs} of the training series; a
 * {@link dev.noether.model.symmetry.learned.GeneratorDictionary} of motions they may have; the
 * {@link dev.noether.model.symmetry.learned.RandomEffectsEstimator}, which finds how much of each there is (or, where rows
 * are no series, the {@link dev.noether.model.symmetry.learned.SkewGeneratorEstimator}); a
 * {@link dev.noether.model.symmetry.learned.SymmetryFlow}; {@link dev.noether.model.symmetry.learned.OrbitAugmentation}; and
 * {@link dev.noether.model.symmetry.learned.SymmetrySelection}, which chooses by cross-validation, "none" included.
 *
 * <p>Source of the idea: R. Cosentino, R. Balestriero, R. Baraniuk, B. Aazhang, "Deep Autoencoders: From Understanding to
 * Generalization Guarantees", MSML 2021 (PMLR 145), Sec. 4: data as the orbit {@code x(θ) = exp(Σ θ_k G_k) x(0)}. The
 * estimators are this project's own.
 *
 * <p>May use {@code dev.noether.model.data} and {@code dev.noether.model.evaluation}. Plain Java in double precision; every
 * result is a function of the data, the options and a seed.
 */
@NullMarked
package dev.noether.model.symmetry.learned;

import org.jspecify.annotations.NullMarked;
