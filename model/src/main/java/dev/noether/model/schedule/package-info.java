/**
 * Schedules: what recurs in the history at the same phase of a period, such as a job at two o'clock each night, is
 * expected there. {@link dev.noether.model.schedule.ScheduleEstimator} finds it, {@link
 * dev.noether.model.schedule.Schedule} holds it, and {@link dev.noether.model.schedule.ScheduleCorrector} takes it off
 * the rows before they are judged. May use {@code feature}.
 */
@NullMarked
package dev.noether.model.schedule;

import org.jspecify.annotations.NullMarked;
