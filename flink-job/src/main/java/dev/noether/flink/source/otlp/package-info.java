/**
 * Metrics of OpenTelemetry, as protocol buffers and as JSON. Uses the package {@code source.field} and the schemas.
 */
@NullMarked
package dev.noether.flink.source.otlp;

import org.jspecify.annotations.NullMarked;
