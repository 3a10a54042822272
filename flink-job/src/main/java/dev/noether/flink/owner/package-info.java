/**
 * One job scores a detector, and one retrainer trains it: the lock in Kafka, the check before a job is submitted, the
 * coordinator that holds the lock while the job runs (decision 28), and the leadership of a retrainer (decision 37).
 */
@NullMarked
package dev.noether.flink.owner;

import org.jspecify.annotations.NullMarked;
