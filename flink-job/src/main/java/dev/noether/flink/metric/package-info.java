/**
 * From the records of an import to the values of metrics: which values a detector wants, of which entity, series and
 * time. Uses the packages {@code source}, {@code mapping}, {@code config}, {@code clock} and the schemas.
 */
@NullMarked
package dev.noether.flink.metric;

import org.jspecify.annotations.NullMarked;
