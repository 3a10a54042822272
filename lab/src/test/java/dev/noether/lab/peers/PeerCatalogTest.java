package dev.noether.lab.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.lab.evaluate.TestingSeries;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.model.numeric.RankingMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PeerCatalogTest {
    private static final boolean[] LABELS = TestingSeries.labels(300, 100, 130);

    @Test
    void eachFindsWhatIsPlainToSeeAndChanceDoesNot() {
        EvaluationSeries three = TestingSeries.stream(3, 800, LABELS, List.of(), 2);
        EvaluationSeries one = TestingSeries.stream(1, 800, LABELS, List.of(), 2);
        for (Peer peer : PeerCatalog.all()) {
            EvaluationSeries series = peer.detector() instanceof PeriodicPeer ? one : three;
            float[] scores = score(peer, series);
            assertThat(scores).as(peer.name()).hasSize(300).isEqualTo(score(peer, series));
            double area = RankingMetrics.aucRoc(scores, LABELS);
            if (peer.name().equals("random")) {
                assertThat(area).isBetween(0.3, 0.7);
            } else if (peer.name().equals("nearest-window")) {
                // Noise does not repeat, and a level is no shape: what is plain to see is the step.
                assertThat(area).as(peer.name()).isGreaterThan(0.5);
            } else if (!peer.name().startsWith("pca") && !peer.name().equals("autoencoder")) {
                // Ten components and ten code units let all three features through: what they leave is rounding.
                assertThat(area).as(peer.name()).isGreaterThan(0.9);
            }
        }
    }

    @Test
    void chanceIsAnotherOnOtherRows() {
        Peer random = PeerCatalog.all().get(0);
        assertThat(score(random, TestingSeries.stream(1, 10, LABELS, List.of(), 1)))
                .isNotEqualTo(score(random, TestingSeries.stream(1, 10, LABELS, List.of(), 2)));
    }

    @Test
    void peersOfOnePeriodAreForStreamsOfOneContinuousFeature() {
        List<Peer> periodic = PeerCatalog.all().stream()
                .filter(peer -> peer.detector() instanceof PeriodicPeer)
                .toList();
        assertThat(periodic).extracting(Peer::name).containsExactly("kmeans-ad", "sub-pca", "nearest-window");
        assertThat(periodic).noneMatch(Peer::tables).allMatch(Peer::streams);
    }

    @Test
    void eachIsForStreamsOrTablesOrBoth() {
        assertThat(PeerCatalog.all()).allMatch(peer -> peer.isFor(true) || peer.isFor(false));
        assertThat(PeerCatalog.all()).extracting(Peer::name).doesNotHaveDuplicates();
    }

    private static float[] score(Peer peer, EvaluationSeries series) {
        return peer.detector()
                .score(
                        new Observations(series.train().values(), series.width()),
                        new Observations(series.test().values(), series.width()));
    }
}
