package dev.noether.model.schedule;

/**
 * A deviation of one feature that recurs, in bins of a period. Bins count from the beginning of the period that the
 * first bin lies in; the others may lie past its end.
 *
 * @param feature the feature
 * @param first first bin at which it may be there
 * @param low lower end of the range at each bin from there on, in the feature's own unit
 * @param high upper end of the range
 * @param usualLow lower end of the range of its means
 * @param usualHigh upper end of that range
 * @param from usual first bin
 * @param to usual last bin
 * @param shortest least number of bins that it has lasted
 * @param longest largest number of bins that it has lasted
 */
record RecurringJob(
        int feature,
        int first,
        float[] low,
        float[] high,
        float[] usualLow,
        float[] usualHigh,
        int from,
        int to,
        int shortest,
        int longest) {

    int bins() {
        return low.length;
    }

    /** The first and the last bin share the range from 0. */
    boolean contains(int bin) {
        return bin >= first && bin < first + low.length;
    }
}
