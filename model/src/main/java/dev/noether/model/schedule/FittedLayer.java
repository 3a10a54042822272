package dev.noether.model.schedule;

import java.util.List;

/**
 * A layer, with the layers that were fitted without each group of repeats.
 *
 * @param grid the phases of the history's cells
 * @param whole the layer
 * @param folds for each group of repeats, the layer that was fitted to the others
 * @param jobs what the layer is made of
 */
record FittedLayer(PhaseGrid grid, ScheduleLayer whole, List<ScheduleLayer> folds, List<RecurringJob> jobs) {}
