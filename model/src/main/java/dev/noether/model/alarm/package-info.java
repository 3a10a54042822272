/**
 * The alarm budget. {@link dev.noether.model.alarm.AlarmBudget} is the accepted number of false alarms, {@link
 * dev.noether.model.alarm.TailCalibration} the distribution of normal scores, {@link
 * dev.noether.model.alarm.AlarmThreshold} the verdict and its adaptation to an entity. Works on any scores of one
 * entity. May use {@code numeric}.
 */
@NullMarked
package dev.noether.model.alarm;

import org.jspecify.annotations.NullMarked;
