package dev.noether.cli.evaluate.detect;

import dev.noether.model.evaluation.baseline.AdaptiveNorm;
import dev.noether.model.evaluation.baseline.IsolationForest;
import dev.noether.model.evaluation.baseline.NearestCentroid;
import dev.noether.model.evaluation.baseline.NearestNeighbours;
import dev.noether.model.evaluation.baseline.Observations;
import dev.noether.model.evaluation.baseline.RandomBaseline;
import dev.noether.model.evaluation.baseline.StandardizedNorm;
import dev.noether.model.evaluation.baseline.WhitenedPrincipalComponents;
import dev.noether.model.evaluation.baseline.WindowedPrincipalComponents;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The peers that an evaluation is run beside: controls that know nothing, what is simple, and what is in use elsewhere. */
public final class Peers {
    private static final long SEED = 20_260_104;
    private static final double ADAPTATION_RATE = 1.0 / 2560;
    private static final double SHARE = 0.95;
    private static final int COMPONENTS = 10;
    private static final int NEIGHBOURS = 5;
    private static final int CENTROIDS = 20;
    private static final int TREES = 100;
    private static final int SAMPLE = 256;

    private Peers() {}

    /** All of them; those of other modules where these are on the class path. */
    public static List<Peer> all() {
        List<Peer> peers = new ArrayList<>(List.of(
                new Peer("random", Peers::chance, true, true),
                new Peer("norm", new StandardizedNorm(), true, true),
                new Peer("adaptive-norm", new AdaptiveNorm(ADAPTATION_RATE), true, false),
                new Peer("pca-w1", new WindowedPrincipalComponents(1, COMPONENTS), true, true),
                new Peer("pca-w10", new WindowedPrincipalComponents(10, COMPONENTS), true, false),
                new Peer("pca-whitened-w1", new WhitenedPrincipalComponents(1, SHARE), true, true),
                new Peer("pca-whitened-w10", new WhitenedPrincipalComponents(10, SHARE), true, false),
                new Peer("kmeans20-w10", new NearestCentroid(10, CENTROIDS, SEED), true, false),
                new Peer("isolation-forest", new IsolationForest(TREES, SAMPLE, SEED), true, true),
                new Peer("knn5", new NearestNeighbours(NEIGHBOURS), false, true),
                new Peer("autoencoder", new PlainAutoencoder(), true, true)));
        ServiceLoader.load(PeerProvider.class).forEach(provider -> peers.addAll(provider.peers()));
        return List.copyOf(peers);
    }

    /** Series of one set often have their events at the same place: one sequence for all would be lucky or not on all. */
    private static float[] chance(Observations train, Observations test) {
        long seed = SEED;
        for (int i = 0; i < test.length(); i++) {
            seed = 31 * seed + Float.floatToIntBits(test.value(i, 0));
        }
        return new RandomBaseline(seed).score(train, test);
    }
}
