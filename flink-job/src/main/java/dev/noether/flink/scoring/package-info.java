/** The scoring operator and what it runs on. May use Flink and the model; knows nothing of Kafka. */
@NullMarked
package dev.noether.flink.scoring;

import org.jspecify.annotations.NullMarked;
