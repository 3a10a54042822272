/**
 * Outbreaks: incidents of many entities that begin at the same time and become one group incident. Event time only; no
 * threads, no clock. Uses only {@code dev.noether.incident.report}.
 */
@NullMarked
package dev.noether.incident.outbreak;

import org.jspecify.annotations.NullMarked;
