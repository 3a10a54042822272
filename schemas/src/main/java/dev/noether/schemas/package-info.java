/**
 * The Avro contracts of Noether and their codec: what is written to Kafka, byte for byte. Knows nothing of the other
 * modules and uses nothing but Avro.
 *
 * <p>Records travel in Avro's single-object encoding: two marker bytes, the 64-bit fingerprint of the writer's schema,
 * the body. A reader finds the writer's schema by its fingerprint in {@link dev.noether.schemas.SchemaStore}, so that
 * bytes of every released version stay readable.
 */
@NullMarked
package dev.noether.schemas;

import org.jspecify.annotations.NullMarked;
