package dev.noether.lab.peers;

/** A detector for comparison. It reads the training rows, then scores the test rows. */
@FunctionalInterface
public interface PeerDetector {
    /**
     * Scores each test row. The same arguments result in the same scores.
     *
     * @param train training rows, which are assumed to be normal, {@code [length × width]}
     * @param test test rows, {@code [n × width]}; in a stream they follow the training rows
     * @return scores, {@code [n]}, at least 0; a higher score is more anomalous
     * @throws IllegalArgumentException if the widths differ, or there are fewer training rows than the method needs
     */
    float[] score(Observations train, Observations test);
}
