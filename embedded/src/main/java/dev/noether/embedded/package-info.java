/**
 * A real Kafka broker inside this JVM, for the local stack, the integration tests and the benchmarks.
 *
 * <p>May use Kafka's server and client libraries; knows nothing of schemas, models and Flink. This is the one place
 * where classes of Kafka's server, which are no public interface of Kafka, may appear.
 */
@NullMarked
package dev.noether.embedded;

import org.jspecify.annotations.NullMarked;
