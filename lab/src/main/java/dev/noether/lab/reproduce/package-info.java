/**
 * The reproduction of the paper's Table 1: runs all methods on all sets, some in parallel, and collects a report. The
 * steps are in {@code protocol} (methods and hyperparameters), {@code set} (data), {@code run} (trainings), {@code
 * result} (tables and statistics) and {@code page} (HTML).
 */
@NullMarked
package dev.noether.lab.reproduce;

import org.jspecify.annotations.NullMarked;
