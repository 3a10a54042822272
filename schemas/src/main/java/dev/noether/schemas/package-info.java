/**
 * The records on Noether's Kafka topics: Java types, Avro schemas and codecs. Uses Avro and no other module.
 *
 * <p>Records are written in Avro's single-object encoding: two marker bytes, the 64-bit fingerprint of the writer's
 * schema, the body. A reader finds the writer's schema by its fingerprint in {@link dev.noether.schemas.SchemaStore},
 * so that bytes of every released version stay readable.
 */
@NullMarked
package dev.noether.schemas;

import org.jspecify.annotations.NullMarked;
