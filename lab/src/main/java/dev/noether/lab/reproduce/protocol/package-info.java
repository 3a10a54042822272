/**
 * The methods of Table 1 and their controls, the training protocol, and the search for hyperparameters. A control is a
 * method with its idea removed. Uses {@code lab.control} and the training methods of the model.
 */
@NullMarked
package dev.noether.lab.reproduce.protocol;

import org.jspecify.annotations.NullMarked;
