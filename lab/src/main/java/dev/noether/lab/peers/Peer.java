package dev.noether.lab.peers;

/**
 * A peer: a named detector that Noether is compared with.
 *
 * @param name in tables and JSON
 * @param detector computes the scores
 * @param streams whether it applies to streams
 * @param tables whether it applies to tables
 */
public record Peer(String name, PeerDetector detector, boolean streams, boolean tables) {
    /** Whether it applies to a table, or else to a stream. */
    public boolean isFor(boolean table) {
        return table ? tables : streams;
    }
}
