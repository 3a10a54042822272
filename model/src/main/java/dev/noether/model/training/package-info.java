/**
 * From windows to a trained network, and from a history to a detector's model: initial parameters, mini-batches, early
 * stopping, calibration.
 *
 * <p>May use all other packages of the model.
 */
@NullMarked
package dev.noether.model.training;

import org.jspecify.annotations.NullMarked;
