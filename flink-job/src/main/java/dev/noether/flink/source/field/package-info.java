/**
 * The fields of a record: paths, the values found at them, and what a text means as number or time. Uses the package
 * {@code mapping} and the schemas.
 */
@NullMarked
package dev.noether.flink.source.field;

import org.jspecify.annotations.NullMarked;
