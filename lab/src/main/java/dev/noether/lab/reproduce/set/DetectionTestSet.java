package dev.noether.lab.reproduce.set;

import dev.noether.lab.metric.VolumeUnderSurface;
import dev.noether.model.series.SeriesSet;

/**
 * Rows with labels, in the order of time: what a network that reconstructs is judged on as a detector. No choice is
 * made on them.
 *
 * @param rows {@code [count × length]}
 * @param labels {@code [count]}, true is anomalous, both kinds present
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record DetectionTestSet(SeriesSet rows, boolean[] labels) {

    /** Checks the lengths. */
    public DetectionTestSet {
        if (labels.length != rows.count()) {
            throw new IllegalArgumentException(
                    "`labels` must hold %d values (got %d)".formatted(rows.count(), labels.length));
        }
    }

    /** Volume under the surface of precision and recall (VUS-PR) of the squared errors, in [0, 1]. */
    public double vusPr(float[] errors) {
        return VolumeUnderSurface.of(errors, labels).precisionRecall();
    }
}
