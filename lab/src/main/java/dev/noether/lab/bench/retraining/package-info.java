/**
 * The benchmark of the retraining job, {@code bench retraining}: a history of a fleet in Kafka, read and trained on as
 * by {@code noether retrain}.
 */
@NullMarked
package dev.noether.lab.bench.retraining;

import org.jspecify.annotations.NullMarked;
