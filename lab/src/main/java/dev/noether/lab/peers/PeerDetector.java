package dev.noether.lab.peers;

/** A detector to be beaten: it sees the training rows, then scores the test rows. */
@FunctionalInterface
public interface PeerDetector {
    /**
     * Scores every test row. The same arguments give the same scores.
     *
     * @param train what is taken for normal, {@code [length × width]}
     * @param test {@code [n × width]}; in a stream it follows the training rows
     * @return {@code [n]}, at least 0, higher is stranger
     * @throws IllegalArgumentException if the widths differ, or there is less to train on than the method needs
     */
    float[] score(Observations train, Observations test);
}
