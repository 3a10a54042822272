package dev.noether.lab.reproduce.set;

import dev.noether.lab.metric.VolumeUnderSurface;
import dev.noether.model.series.SeriesSet;

/**
 * Labelled rows in the order of time, for detection metrics of reconstruction errors. No choice uses them.
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
