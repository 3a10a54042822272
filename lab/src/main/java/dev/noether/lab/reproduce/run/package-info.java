/**
 * One method on one set: the hyperparameter search, the runs with different seeds, and their results, which are stored
 * on disk so that a second start continues the first one. Uses {@code protocol} and {@code set}.
 */
@NullMarked
package dev.noether.lab.reproduce.run;

import org.jspecify.annotations.NullMarked;
