package dev.noether.model.schedule;

/**
 * Neighbouring bins at which deviations of a feature recur.
 *
 * @param feature the feature
 * @param sign 1 for deviations above the level, −1 below
 * @param first first bin, in [0, bins)
 * @param last last bin; past the period if the cluster spans the end of it
 * @param widening number of bins by which a deviation may come earlier or later
 */
record PhaseCluster(int feature, int sign, int first, int last, int widening) {}
