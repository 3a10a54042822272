package dev.noether.lab.peers;

import java.util.List;
import java.util.function.IntFunction;

/** The list of peers: random scores, simple detectors, and detectors that are in common use. */
public final class PeerCatalog {
    private static final long SEED = 20_260_104;
    private static final double ADAPTATION_RATE = 1.0 / 2560;
    private static final double SHARE = 0.95;
    private static final int COMPONENTS = 10;
    private static final int NEIGHBOURS = 5;
    private static final int CENTROIDS = 20;
    private static final int TREES = 100;
    private static final int SAMPLE = 256;
    private static final long RANDOM_CUT_SEED = 1;

    private PeerCatalog() {}

    /** Returns all peers, in the order of the tables. */
    public static List<Peer> all() {
        return List.of(
                new Peer("random", PeerCatalog::randomScores, true, true),
                new Peer("norm", new StandardizedNorm(), true, true),
                new Peer("adaptive-norm", new AdaptiveNorm(ADAPTATION_RATE), true, false),
                new Peer("pca-w1", new WindowedPrincipalComponents(1, COMPONENTS), true, true),
                new Peer("pca-w10", new WindowedPrincipalComponents(10, COMPONENTS), true, false),
                new Peer("pca-whitened-w1", new WhitenedPrincipalComponents(1, SHARE), true, true),
                new Peer("pca-whitened-w10", new WhitenedPrincipalComponents(10, SHARE), true, false),
                new Peer("kmeans20-w10", new NearestCentroid(10, CENTROIDS, SEED), true, false),
                new Peer("isolation-forest", new IsolationForest(TREES, SAMPLE, SEED), true, true),
                new Peer("knn5", new NearestNeighbours(NEIGHBOURS), false, true),
                new Peer("autoencoder", new PlainAutoencoder(), true, true),
                new Peer("rcf-s1", new RandomCut(1, RANDOM_CUT_SEED), true, true),
                new Peer("rcf-s4", new RandomCut(4, RANDOM_CUT_SEED), true, false),
                periodic("kmeans-ad", window -> new NearestCentroid(window, CENTROIDS, SEED)),
                periodic("sub-pca", PrincipalComponentDistance::new),
                periodic("nearest-window", NearestTrainingWindow::new));
    }

    private static Peer periodic(String name, IntFunction<PeerDetector> ofWindow) {
        return new Peer(name, new PeriodicPeer(ofWindow), true, false);
    }

    /**
     * Returns random scores with a seed from the test rows. Events of different series often have the same position, so
     * that each series needs its own sequence.
     */
    private static float[] randomScores(Observations train, Observations test) {
        long seed = SEED;
        for (int i = 0; i < test.length(); i++) {
            seed = 31 * seed + Float.floatToIntBits(test.value(i, 0));
        }
        return new RandomScores(seed).score(train, test);
    }
}
