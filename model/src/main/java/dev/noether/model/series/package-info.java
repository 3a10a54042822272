/**
 * Sets of series of equal length and the distances between them. Uses no other package.
 */
@NullMarked
package dev.noether.model.series;

import org.jspecify.annotations.NullMarked;
