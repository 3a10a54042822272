/**
 * Values that no longer move: how often the value of a feature repeats in a history, what run of equal values is then beyond the
 * budget of false alarms, and the runs that an entity is in. Uses {@code feature} alone.
 */
@NullMarked
package dev.noether.model.repeat;

import org.jspecify.annotations.NullMarked;
