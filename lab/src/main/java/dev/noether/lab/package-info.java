/**
 * Evaluation on labelled data, reproduction of the paper, and benchmarks. Adds the commands {@code evaluate},
 * {@code reproduce} and {@code bench} to {@code ./noether}. No other module depends on this one.
 */
@NullMarked
package dev.noether.lab;

import org.jspecify.annotations.NullMarked;
