/**
 * From the observations topic to rows: the Kafka source with its own decoding, event time, and the fork that sends what
 * could not be understood aside. Also the serializers of all that travels between operators, written by hand. Uses the
 * configuration and the schemas.
 */
@NullMarked
package dev.noether.flink.ingest;

import org.jspecify.annotations.NullMarked;
