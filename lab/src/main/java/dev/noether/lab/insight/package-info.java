/**
 * The affine regions of a trained network (Sec. 3 of the paper). On each region an autoencoder is one affine map, which
 * can be computed, counted and compared with its neighbours. Also measures which learned generators relate neighbouring
 * points.
 *
 * <p>For reports only: double precision, clarity before speed. Uses the network, gradient and symmetry packages of the
 * model.
 */
@NullMarked
package dev.noether.lab.insight;

import org.jspecify.annotations.NullMarked;
