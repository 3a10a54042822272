package dev.noether.model.schedule;

import java.util.List;

/**
 * What was found in the history of one entity.
 *
 * @param page its page
 * @param layers its layers with their fits
 * @param amounts what to take off the rows of the history, row-major {@code [rows, features]}
 */
record EntitySchedule(SchedulePage page, List<FittedLayer> layers, float[] amounts) {}
