package dev.noether.cli.evaluate.detect;

import dev.noether.model.evaluation.baseline.Baseline;

/**
 * A detector to stand beside.
 *
 * @param name in tables and JSON
 * @param baseline scores
 * @param streams whether it is meant for streams
 * @param tables whether it is meant for tables
 */
public record Peer(String name, Baseline baseline, boolean streams, boolean tables) {
    /** Whether it is meant for such a series. */
    public boolean isFor(boolean table) {
        return table ? tables : streams;
    }
}
