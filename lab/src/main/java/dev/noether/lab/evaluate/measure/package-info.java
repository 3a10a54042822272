/**
 * The metrics of a detector on a series and their means over a set. The formulas are in {@code lab.metric}; here they
 * are applied to scores, alarms, incidents and causes.
 */
@NullMarked
package dev.noether.lab.evaluate.measure;

import org.jspecify.annotations.NullMarked;
