/**
 * The two Flink operators that turn scores into incidents. {@link dev.noether.flink.incident.IncidentOperator} follows
 * each entity behind the scoring operator; {@link dev.noether.flink.incident.IncidentGroupOperator} sees the incidents
 * of all entities and finds outbreaks and stalls. The decisions themselves are in the module
 * {@code dev.noether.incident}.
 */
@NullMarked
package dev.noether.flink.incident;

import org.jspecify.annotations.NullMarked;
