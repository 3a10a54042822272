package dev.noether.lab.peers;

import java.util.Optional;
import java.util.OptionalInt;

/** A detector for comparison. It reads the training rows, then scores the test rows. */
@FunctionalInterface
public interface PeerDetector {
    /**
     * Scores each test row. The same arguments result in the same scores.
     *
     * @param train training rows, which are assumed to be normal, {@code [length × width]}
     * @param test test rows, {@code [n × width]}; in a stream they follow the training rows
     * @return scores, {@code [n]}, at least 0; a higher score is more anomalous. The score of a row depends on no
     *     later row
     * @throws IllegalArgumentException if the widths differ, there are fewer training rows than the method needs, or
     *     the method refuses the series
     */
    float[] score(Observations train, Observations test);

    /** Returns why the method does not apply to a series with these training rows; empty if it does. */
    default Optional<String> refusal(Observations train) {
        return Optional.empty();
    }

    /**
     * Returns the delay, in rows, at which the scores are also ranked, see {@link
     * dev.noether.lab.metric.DelayedScores}; empty if the method has no such delay, or refuses the series.
     */
    default OptionalInt rankDelay(Observations train) {
        return OptionalInt.empty();
    }
}
