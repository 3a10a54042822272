package dev.noether.flink.config;

import dev.noether.model.schedule.ScheduleChoice;
import dev.noether.model.schedule.ScheduleOptions;
import dev.noether.model.shape.ShapeChoice;
import dev.noether.model.shape.ShapeOptions;
import java.io.Serializable;

/**
 * What models learn of signals in which something recurs.
 *
 * @param shape whether models judge the shape of signals that repeat
 * @param shapeMemory number of windows of an entity's own past that the shape view compares; 0 for none
 * @param schedules whether models learn what recurs at certain times
 * @param zone time zone in which it recurs
 */
public record RecurrenceOptions(ShapeChoice shape, int shapeMemory, ScheduleChoice schedules, String zone)
        implements Serializable {
    public RecurrenceOptions {
        ModelSection.SHAPE.check(shape);
        ModelSection.SHAPE_MEMORY.check(shapeMemory);
        ModelSection.SCHEDULES.check(schedules);
        ModelSection.ZONE.check(zone);
    }

    static RecurrenceOptions of(OptionValues values) {
        return new RecurrenceOptions(
                values.get(ModelSection.SHAPE),
                values.get(ModelSection.SHAPE_MEMORY),
                values.get(ModelSection.SCHEDULES),
                values.get(ModelSection.ZONE));
    }

    /** The options of the shape view. */
    public ShapeOptions shapeOptions() {
        return new ShapeOptions(shape, shapeMemory);
    }

    /** The options of schedules. */
    public ScheduleOptions scheduleOptions() {
        return new ScheduleOptions(schedules, zone);
    }
}
