/**
 * The import: from the values of metrics to one observation for each entity and interval. The source and its clock, the
 * keyed operator with the open intervals and its state, and the metrics. Uses the packages {@code metric}, {@code
 * mapping}, {@code config}, {@code wire}, {@code entity} and {@code ingest}.
 */
@NullMarked
package dev.noether.flink.assembly;

import org.jspecify.annotations.NullMarked;
