/**
 * Numerical methods: eigenvectors, principal components, linear equations, ranking and binomial statistics. Uses no other
 * package of the model but the engine.
 */
@NullMarked
package dev.noether.model.numeric;

import org.jspecify.annotations.NullMarked;
