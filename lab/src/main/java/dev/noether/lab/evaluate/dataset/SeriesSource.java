package dev.noether.lab.evaluate.dataset;

import dev.noether.cli.data.StreamDataException;

/** A series that has been found but not read: sets may be larger than memory. */
public interface SeriesSource {
    /** Unique in its set. */
    String name();

    /** How many splits into training and test rows are judged, their figures averaged; 1 for a stream. */
    default int splits() {
        return 1;
    }

    /**
     * Reads it.
     *
     * @param split from 0
     * @throws StreamDataException in one line with the file and what is wrong in it
     */
    EvaluationSeries load(int split);
}
