/**
 * The rights that each process needs in Kafka: the list, the check before a process starts, and their creation.
 */
@NullMarked
package dev.noether.flink.access;

import org.jspecify.annotations.NullMarked;
