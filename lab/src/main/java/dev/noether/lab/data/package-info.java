/**
 * Readers of files with rows of equal length (UCR archive, MNIST), and the preparation of such rows: z-normalisation
 * and random splits. Plain Java; from the model it uses {@code SeriesSet} alone.
 */
@NullMarked
package dev.noether.lab.data;

import org.jspecify.annotations.NullMarked;
