/**
 * The labelled sets that detectors are judged on: which layouts there are, and how each is cut into rows to train on and
 * rows to be judged. Uses {@code cli.data} and the evaluation package of the model.
 */
@NullMarked
package dev.noether.lab.evaluate.dataset;

import org.jspecify.annotations.NullMarked;
