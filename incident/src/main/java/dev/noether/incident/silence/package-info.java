/**
 * Missing reports: the usual reporting rhythm of an entity, silence of one entity, pauses of the whole source and the
 * stall of all scores. Event time only; no threads, no clock. Uses only {@code dev.noether.incident.report}.
 */
@NullMarked
package dev.noether.incident.silence;

import org.jspecify.annotations.NullMarked;
