/**
 * Breaks of many features at the same time, each of them small: how many features deviate more than they usually do.
 * {@link dev.noether.model.exceedance.ExceedanceLaw} says how surprising their number is.
 */
@NullMarked
package dev.noether.model.exceedance;

import org.jspecify.annotations.NullMarked;
