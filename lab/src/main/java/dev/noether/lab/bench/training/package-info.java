/**
 * The benchmark of training speed, {@code bench training}: each training method in comparison with the plain one.
 */
@NullMarked
package dev.noether.lab.bench.training;

import org.jspecify.annotations.NullMarked;
