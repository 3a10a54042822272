/**
 * A real Kafka broker inside this JVM, for the local stack, the integration tests and the benchmarks.
 *
 * <p>Uses Kafka's server and client libraries, and no other module. Only this package uses classes of Kafka's server,
 * which are no public interface of Kafka.
 */
@NullMarked
package dev.noether.embedded;

import org.jspecify.annotations.NullMarked;
