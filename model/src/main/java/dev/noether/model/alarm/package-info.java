/**
 * The alarm budget: what false alarms may cost, how likely a score is under normal behaviour, and the threshold that keeps
 * the promise while an entity drifts. Works on any stream of scores of one entity. Uses {@code evaluation} for the interval
 * around a realised rate, and nothing else.
 */
@NullMarked
package dev.noether.model.alarm;

import org.jspecify.annotations.NullMarked;
