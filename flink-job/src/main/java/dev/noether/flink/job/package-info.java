/**
 * The jobs, put together from the other packages, and what has to be right in Kafka before one of them starts. May use
 * every other package of this module.
 */
@NullMarked
package dev.noether.flink.job;

import org.jspecify.annotations.NullMarked;
