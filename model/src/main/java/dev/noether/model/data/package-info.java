/**
 * Rows of numbers of equal length, and where they come from: the type that training data has, and the reader of the UCR
 * archive's files.
 *
 * <p>Plain Java only; uses no other package of the model.
 */
@NullMarked
package dev.noether.model.data;

import org.jspecify.annotations.NullMarked;
