/**
 * From scores to incidents: the operator that follows each entity, chained behind the scorer, and the one that sees
 * outbreaks and stalls, which only incidents reach. Thin: what an incident is stands in {@code dev.noether.model.incident}.
 */
@NullMarked
package dev.noether.flink.incident;

import org.jspecify.annotations.NullMarked;
