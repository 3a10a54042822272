/**
 * Benchmarks of throughput. {@code bench pipeline} compares the whole job with the same job without scoring, {@code
 * bench scorer} measures the scorer alone, {@code bench entities} the job by the number of entities,
 * {@code bench latency} the time from an observation to its score.
 */
@NullMarked
package dev.noether.lab.bench;

import org.jspecify.annotations.NullMarked;
