/**
 * The shape view: judges a signal that repeats by its last period, modulo the symmetry learned from its history.
 *
 * <p>{@link dev.noether.model.shape.PeriodEstimator} measures the period. A
 * {@link dev.noether.model.shape.ShapeWindow} is a part of the signal. A
 * {@link dev.noether.model.shape.SymmetryAutoencoder} reconstructs windows: it moves the nearest of its prototypes along
 * learned generators. {@link dev.noether.model.shape.SymmetryDistances} computes its regularized reconstruction error.
 *
 * <p>Source of the idea: R. Cosentino, R. Balestriero, R. Baraniuk, B. Aazhang, "Deep Autoencoders: From Understanding
 * to Generalization Guarantees", MSML 2021 (PMLR 145): a continuous piecewise affine decoder whose regions are related by
 * the generators of a Lie group. The estimators are this project's own. May use {@code engine}, {@code numeric} and
 * {@code symmetry.learned}.
 */
@NullMarked
package dev.noether.model.shape;

import org.jspecify.annotations.NullMarked;
