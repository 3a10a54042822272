package dev.noether.cli.evaluate.detect;

import java.util.List;

/**
 * Brings peers that this module knows nothing of; found by {@link java.util.ServiceLoader}, so that their libraries are a
 * dependency of the module that brings them only.
 */
public interface PeerProvider {
    /** The peers, in the order in which tables show them. */
    List<Peer> peers();
}
