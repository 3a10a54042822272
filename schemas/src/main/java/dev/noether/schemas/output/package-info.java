/**
 * The records of the outputs (scores, incidents, rejected records) in either of their formats: Avro's single-object
 * encoding, or JSON with a published schema. Uses the records and their Avro codecs.
 */
@NullMarked
package dev.noether.schemas.output;

import org.jspecify.annotations.NullMarked;
