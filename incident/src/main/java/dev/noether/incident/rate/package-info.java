/**
 * Alarm rates: how often each entity raised an alarm recently, compared with the alarm budget. Uses only
 * {@code dev.noether.incident.report}.
 */
@NullMarked
package dev.noether.incident.rate;

import org.jspecify.annotations.NullMarked;
