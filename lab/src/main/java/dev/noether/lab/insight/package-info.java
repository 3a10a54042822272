/**
 * Seeing inside a network (Sec. 3 of the paper): on each region of its partition an autoencoder is one affine map, which can be
 * written down, counted and compared with its neighbours.
 *
 * <p>For reports, not for records: plain Java in double precision, and clarity before speed. May use {@code autoencoder},
 * {@code engine}, {@code gradient}, {@code method} and {@code symmetry}.
 */
@NullMarked
package dev.noether.lab.insight;

import org.jspecify.annotations.NullMarked;
