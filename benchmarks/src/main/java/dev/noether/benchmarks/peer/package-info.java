/**
 * Detectors of other projects, for {@code ./noether evaluate --peers}: the only place that knows their libraries.
 */
@NullMarked
package dev.noether.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
