/**
 * Metrics of detectors from scores and labels (VUS, events found, incidents, hit rates of causes), and paired
 * differences with their confidence intervals.
 *
 * <p>Plain Java arithmetic, independent of the detectors that it measures.
 */
@NullMarked
package dev.noether.lab.metric;

import org.jspecify.annotations.NullMarked;
