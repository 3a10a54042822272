package dev.noether.lab.peers;

/**
 * A detector to stand beside.
 *
 * @param name in tables and JSON
 * @param baseline scores
 * @param streams whether it is meant for streams
 * @param tables whether it is meant for tables
 */
public record Peer(String name, PeerDetector baseline, boolean streams, boolean tables) {
    /** Whether it is meant for such a series. */
    public boolean isFor(boolean table) {
        return table ? tables : streams;
    }
}
