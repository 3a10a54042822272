package dev.noether.model.schedule;

/** Whether models learn schedules. */
public enum ScheduleChoice {
    /** Where the training history shows one. */
    AUTO,
    /** Never. */
    OFF
}
