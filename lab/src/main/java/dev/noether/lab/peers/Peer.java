package dev.noether.lab.peers;

/**
 * A peer: a named detector that Noether is compared with.
 *
 * @param name name in tables and JSON
 * @param detector computes the scores
 * @param streams whether the detector applies to streams
 * @param tables whether the detector applies to tables
 */
public record Peer(String name, PeerDetector detector, boolean streams, boolean tables) {
    /** Returns whether the detector applies to tables, or else to streams. */
    public boolean isFor(boolean table) {
        return table ? tables : streams;
    }
}
