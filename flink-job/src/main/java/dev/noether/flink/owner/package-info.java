/**
 * One job scores a detector: the lock in Kafka, the check before a job is submitted, and the coordinator that holds the
 * lock while the job runs (decision 28).
 */
@NullMarked
package dev.noether.flink.owner;

import org.jspecify.annotations.NullMarked;
