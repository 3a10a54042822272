/**
 * Evaluation, reproduction of the paper and benchmarks; adds its commands to {@code ./noether}.
 */
@NullMarked
package dev.noether.lab;

import org.jspecify.annotations.NullMarked;
