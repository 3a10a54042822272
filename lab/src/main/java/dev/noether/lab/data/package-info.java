/**
 * Rows of numbers of equal length, and where they come from: the type that training data has, and the readers of the UCR
 * archive's files and of MNIST's, how rows are normalised and how they are split.
 *
 * <p>Plain Java only; uses no other package of the model.
 */
@NullMarked
package dev.noether.lab.data;

import org.jspecify.annotations.NullMarked;
