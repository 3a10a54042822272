/**
 * Rules that suppress alerts: directions and smallest deviations of features, and maintenance calendars. Uses only
 * {@code dev.noether.incident.evidence}.
 */
@NullMarked
package dev.noether.incident.rule;

import org.jspecify.annotations.NullMarked;
