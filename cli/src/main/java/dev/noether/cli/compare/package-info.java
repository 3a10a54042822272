/**
 * Comparison of two detectors that score the same observations.
 */
@NullMarked
package dev.noether.cli.compare;

import org.jspecify.annotations.NullMarked;
