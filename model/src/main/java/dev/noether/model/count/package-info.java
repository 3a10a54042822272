/**
 * Rare counts: features that almost always have their lowest value and otherwise lie whole steps above it, such as
 * error counters. {@link dev.noether.model.count.CountLaw} says how surprising a count is.
 */
@NullMarked
package dev.noether.model.count;

import org.jspecify.annotations.NullMarked;
