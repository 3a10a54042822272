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
        EvaluationSeries series = TestingSeries.stream(3, 800, LABELS, List.of(), 2);
        for (Peer peer : PeerCatalog.all()) {
            float[] scores = score(peer, series);
            assertThat(scores).as(peer.name()).hasSize(300).isEqualTo(score(peer, series));
            double area = RankingMetrics.aucRoc(scores, LABELS);
            if (peer.name().equals("random")) {
                assertThat(area).isBetween(0.3, 0.7);
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
