/**
 * What operators configure about features and maintenance: directions, smallest deviations, calendars.
 */
@NullMarked
package dev.noether.incident.rule;

import org.jspecify.annotations.NullMarked;
