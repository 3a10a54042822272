/**
 * Numerical methods: vectors and matrices, eigenvectors, principal components, linear equations, ranking and binomial
 * statistics.
 *
 * <p>May use {@code dev.noether.model.series}; uses no other package of the model.
 */
@NullMarked
package dev.noether.model.numeric;

import org.jspecify.annotations.NullMarked;
