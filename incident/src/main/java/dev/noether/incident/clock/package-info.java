/**
 * The clock of a source of many entities, whose own clocks may be wrong. Uses no other package.
 */
@NullMarked
package dev.noether.incident.clock;

import org.jspecify.annotations.NullMarked;
