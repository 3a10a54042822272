/**
 * Tools for incident reports that all kinds of incidents share: ids, bytes for Flink's state, numbers and durations in
 * words. Uses only {@code dev.noether.schemas}.
 */
@NullMarked
package dev.noether.incident.report;

import org.jspecify.annotations.NullMarked;
