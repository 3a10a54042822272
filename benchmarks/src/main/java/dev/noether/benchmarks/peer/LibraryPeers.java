package dev.noether.benchmarks.peer;

import dev.noether.cli.evaluate.detect.Peer;
import dev.noether.cli.evaluate.detect.PeerProvider;
import java.util.List;

/** The peers that need a library of their own. */
public final class LibraryPeers implements PeerProvider {
    private static final long SEED = 1;

    /** For the service loader. */
    public LibraryPeers() {}

    @Override
    public List<Peer> peers() {
        return List.of(
                new Peer("rcf-s1", new RandomCut(1, SEED), true, true),
                new Peer("rcf-s4", new RandomCut(4, SEED), true, false));
    }
}
