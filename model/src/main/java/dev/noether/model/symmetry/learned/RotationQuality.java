package dev.noether.model.symmetry.learned;

/**
 * How well a rotation explains the differences of neighbours.
 *
 * @param meanLogarithm mean over the pairs of the logarithm of the misfit, the squared difference that the rotation
 *     leaves
 * @param spread root mean square of the steps ε
 * @param explained share of the squared differences that the rotation explains, in [0, 1]
 */
record RotationQuality(double meanLogarithm, double spread, double explained) {}
